import * as z from 'zod'
import { getDssFlowGraph } from '#lib/server/datasets/dss/dss-flow'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const node = z.object({
  type: z.literal('COMPUTABLE_DATASET'),
  ref: z.string(),
  predecessors: z.array(z.string()),
  successors: z.array(z.string()),
})

export const GET = publicApiRoute(
  {
    summary: 'DSS client: flow.get_graph()',
    params: z.object({ projectKey: z.string() }),
    result: z.object({ nodes: z.record(z.string(), node) }),
  },
  (ctx, input) => getDssFlowGraph(ctx, input.params.projectKey),
)
