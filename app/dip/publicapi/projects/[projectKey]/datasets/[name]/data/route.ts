import * as z from 'zod'
import { RECORD_CONTENT_TYPES, RECORD_FORMATS } from '#lib/domain/datasets/print-records'
import type { Context } from '#lib/server/access/caller'
import { clearDssDataset } from '#lib/server/datasets/dss/dss-datasets'
import { mayStreamRecords, streamRecords } from '#lib/server/datasets/streaming/stream-records'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { answerStream } from '#lib/server/http/stream-text'

const params = z.object({ projectKey: z.string(), name: z.string() })
const texts = z.union([z.string(), z.array(z.string())]).default([])
const query = z.strictObject({
  format: z.enum(RECORD_FORMATS).default('tsv-excel-noheader'),
  /** Partition ids or range specifications; may repeat. */
  partitions: texts,
  /** Clients that read the bytes as they come do not unpack them, so nothing is packed unless asked here. */
  compression: z.enum(['none', 'gzip']).default('none'),
  readSessionId: z.string().min(1).max(200).optional(),
})

export const GET = publicApiRoute(
  {
    summary: 'DSS client: dataset.iter_rows(partitions), a stream of text',
    params,
    query,
    produces: Object.values(RECORD_CONTENT_TYPES),
  },
  async (ctx, input) => {
    const { format, partitions, compression, readSessionId } = input.query
    const request = {
      format,
      partitions: [partitions].flat().filter((text) => text !== ''),
      sessionId: readSessionId ?? null,
    }
    const source = {
      may: (ctx: Context) => mayStreamRecords(ctx, input.params),
      open: (ctx: Context) => streamRecords(ctx, input.params, request),
    }
    const headers = { 'content-type': RECORD_CONTENT_TYPES[format] }
    return answerStream(input.request, ctx, source, headers, { gzip: compression === 'gzip' })
  },
)

export const DELETE = publicApiRoute(
  { summary: 'DSS client: dataset.clear(partitions); refused, the files are not ours', params },
  (ctx, input) => clearDssDataset(ctx, input.params),
)
