import * as z from 'zod'
import { RECORD_CONTENT_TYPES, RECORD_FORMATS } from '#lib/domain/datasets/print-records'
import type { Context } from '#lib/server/access/caller'
import { mayStreamRecords, streamRecords } from '#lib/server/datasets/streaming/stream-records'
import { route } from '#lib/server/http/route'
import { acceptsGzip, answerStream } from '#lib/server/http/stream-text'

/** Room for a hundred thousand partition ids and more. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

const dataset = z.object({ projectKey: z.string(), name: z.string() })
const format = z.enum(RECORD_FORMATS).default('json')
const query = z.strictObject({
  format,
  /** Partition ids or range specifications; may repeat; all of the dataset when left out. */
  partitions: z.union([z.string(), z.array(z.string())]).default([]),
})
/** As the query: an address has no room for more than a few hundred partitions. */
const body = z.strictObject({ format, partitions: z.array(z.string()).default([]) })

const produces = [...new Set(Object.values(RECORD_CONTENT_TYPES))]

interface Asked {
  format: z.infer<typeof format>
  partitions: string[]
}

export const GET = route(
  {
    summary: 'The records of a dataset, streamed as JSON lines, CSV or TSV',
    params: dataset,
    query,
    produces,
  },
  (ctx, input) => {
    const { format, partitions } = input.query
    return answerRecords(ctx, input, { format, partitions: [partitions].flat() })
  },
)

export const POST = route(
  {
    summary: 'The records of many partitions of a dataset, streamed as by GET',
    params: dataset,
    body,
    maxBodyBytes: MAX_BODY_BYTES,
    produces,
  },
  (ctx, input) => answerRecords(ctx, input, input.body),
)

function answerRecords(
  ctx: Context,
  { params, request }: { params: z.infer<typeof dataset>; request: Request },
  { format, partitions }: Asked,
): Promise<Response> {
  const asked = { format, partitions, sessionId: null }
  const source = {
    may: (ctx: Context) => mayStreamRecords(ctx, params),
    open: (ctx: Context) => streamRecords(ctx, params, asked),
  }
  const headers = { 'content-type': RECORD_CONTENT_TYPES[format], vary: 'accept-encoding' }
  return answerStream(request, ctx, source, headers, { gzip: acceptsGzip(request) })
}
