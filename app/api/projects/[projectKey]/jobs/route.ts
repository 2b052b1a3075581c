import * as z from 'zod'
import { projectJob } from '#lib/domain/progress/wire'
import { listProjectJobs } from '#lib/server/datasets/list-project-jobs'
import { route } from '#lib/server/http/route'

export const GET = route(
  {
    summary: 'The jobs about a project’s datasets that one may see, newest first',
    params: z.object({ projectKey: z.string() }),
    result: z.object({ jobs: z.array(projectJob) }),
  },
  async (ctx, input) => ({ jobs: await listProjectJobs(ctx, input.params.projectKey) }),
)
