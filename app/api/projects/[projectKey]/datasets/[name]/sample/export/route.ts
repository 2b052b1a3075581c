import { z } from 'zod'
import { sampleExportRequest } from '#lib/domain/datasets/sample-wire'
import { exportSample } from '#lib/server/datasets/read-sample'
import { route } from '#lib/server/http/route'
import { streamFile } from '#lib/server/http/stream-file'

export const GET = route(
  {
    summary: 'A sample of a dataset’s records as a file: CSV, JSON or Parquet',
    params: z.object({ projectKey: z.string(), name: z.string() }),
    query: sampleExportRequest,
  },
  async (ctx, { params, query }) => streamFile(await exportSample(ctx, params, query)),
)
