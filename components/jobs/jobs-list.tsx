'use client'

import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { flowAddress } from '#components/datasets/dataset-address'
import { Button, ButtonLink } from '#components/ui/button'
import { EmptyState, NoMatches } from '#components/ui/empty-state'
import { formatQuantity } from '#lib/domain/format'
import type { DatasetJob } from '#lib/domain/jobs/wire'
import { isUnderWay } from '#lib/domain/progress/wire'
import type { JobsView } from './jobs-address'
import { JobsTable } from './jobs-table'

interface JobsListProps {
  projectKey: string
  view: JobsView
  jobs: readonly DatasetJob[]
  onClear: () => void
  /** They are those of the filter before. */
  isStale: boolean
  older: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>
}

/** The jobs that were found, or why there are none. */
export function JobsList({ projectKey, view, jobs, onClear, isStale, older }: JobsListProps) {
  if (jobs.length === 0) {
    const isFiltered = [view.state, view.kind, view.dataset].some((value) => value !== undefined)
    return isFiltered ? <NoMatches what="jobs" onClear={onClear} /> : <NoJobs projectKey={projectKey} />
  }
  const underWay = jobs.filter(({ state }) => isUnderWay(state)).length
  return (
    <>
      <div className={isStale ? 'card stale' : 'card'}>
        <JobsTable projectKey={projectKey} view={view} jobs={jobs} />
      </div>
      <div className="row wrap">
        {older.hasNextPage && (
          <Button small busy={older.isFetchingNextPage} onClick={() => void older.fetchNextPage()}>
            Show older
          </Button>
        )}
        <span className="small muted" role="status">
          {formatQuantity(jobs.length, 'job')}
          {older.hasNextPage && ' so far'}
          {underWay > 0 && `, ${underWay} under way`}
        </span>
      </div>
    </>
  )
}

function NoJobs({ projectKey }: { projectKey: string }) {
  return (
    <EmptyState
      icon="clock"
      title="No jobs yet"
      actions={<ButtonLink href={flowAddress(projectKey)}>Open the Flow</ButtonLink>}
    >
      What takes longer than a moment runs as a job: listing partitions, computing metrics, detecting a
      format. Those that you start for datasets of this project stand here, newest first; administrators of
      the space see those of everyone.
    </EmptyState>
  )
}
