import 'server-only'
import type { ProjectJob } from '#lib/domain/progress/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { findJobs, startedBy } from '../progress/list-jobs'
import { projectDatasetsKind } from './project-datasets-kind'

/**
 * The jobs about the datasets of a project that the caller may see: their own, and all for administrators of the space; one of
 * them where it is named.
 */
export function listProjectJobs(ctx: Context, projectKey: string, jobId?: string): Promise<ProjectJob[]> {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row, subject }) => {
    const prefix = `${row.key}.`
    const jobs = await findJobs(tx, subject, row.spaceId, {
      ...(subject.isAdministrator ? {} : await startedBy(tx, subject)),
      ...(jobId === undefined ? {} : { id: jobId }),
      objectType: 'dataset',
      objectId: { startsWith: prefix },
    })
    return jobs.filter(({ object }) => object?.startsWith(prefix))
  })
}
