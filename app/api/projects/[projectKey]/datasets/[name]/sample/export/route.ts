import { z } from 'zod'
import { SAMPLE_FILE_TYPES } from '#lib/domain/datasets/export-sample'
import { sampleExportRequest } from '#lib/domain/datasets/sample-wire'
import { exportSample } from '#lib/server/datasets/sampling/read-sample'
import { route } from '#lib/server/http/route'
import { streamFile } from '#lib/server/http/stream-file'

export const GET = route(
  {
    summary: 'A sample of a dataset’s records as a file: CSV, JSON or Parquet',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: sampleExportRequest,
    produces: Object.values(SAMPLE_FILE_TYPES).map(({ contentType }) => contentType),
  },
  async (ctx, { params, query }) => streamFile(await exportSample(ctx, params, query)),
)
