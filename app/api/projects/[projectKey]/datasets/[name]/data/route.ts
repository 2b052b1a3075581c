import * as z from 'zod'
import { RECORD_CONTENT_TYPES, RECORD_FORMATS } from '#lib/domain/datasets/print-records'
import { streamRecords } from '#lib/server/datasets/stream-records'
import { route } from '#lib/server/http/route'
import { acceptsGzip, streamText } from '#lib/server/http/stream-text'

const params = z.object({ projectKey: z.string(), name: z.string() })
const query = z.object({
  format: z.enum(RECORD_FORMATS).default('json'),
  /** Partition ids or range specifications; may repeat; all of the dataset when left out. */
  partitions: z.union([z.string(), z.array(z.string())]).default([]),
})

export const GET = route(
  {
    summary: 'The records of a dataset, streamed as JSON lines, CSV or TSV',
    params,
    query,
    produces: Object.values(RECORD_CONTENT_TYPES),
  },
  async (ctx, input) => {
    const { format, partitions } = input.query
    const request = { format, partitions: [partitions].flat(), sessionId: null }
    const headers = { 'content-type': RECORD_CONTENT_TYPES[format], vary: 'accept-encoding' }
    return streamText(await streamRecords(ctx, input.params, request), headers, {
      gzip: acceptsGzip(input.request),
    })
  },
)
