'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { jobsAddress } from '#components/jobs/jobs-address'
import type { FollowedJob } from '#components/jobs/use-followed-job'
import { Button, ButtonLink } from '#components/ui/button'
import { Skeleton } from '#components/ui/skeleton'
import type { Dataset } from '#lib/domain/datasets/wire'
import { DatasetHead } from './dataset-head'

interface DatasetJobTabProps<T> {
  dataset: Dataset
  tab: 'partitions' | 'metrics'
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  /** The job that finds out anew what the tab shows. */
  followed: FollowedJob
  /** The button that starts it, `"Refresh"`; null where the tab itself offers it. */
  action: (data: T) => string | null
  /** Why nothing can be started any more. */
  ended: string | null
  children: (data: T) => ReactNode
}

/** A tab of a dataset whose facts a job finds out: its head with the button for that, and what is known. */
export function DatasetJobTab<T>(props: DatasetJobTabProps<T>) {
  const { dataset, tab, query, followed, action, ended, children } = props
  const { data, error } = query
  const { projectKey, name } = dataset
  const label = data === undefined ? null : action(data)
  return (
    <>
      <DatasetHead
        dataset={dataset}
        tab={tab}
        actions={
          <>
            <ButtonLink variant="ghost" icon="clock" href={jobsAddress(projectKey, { dataset: name })}>
              Jobs
            </ButtonLink>
            {label && (
              <Button icon="refresh" busy={followed.underWay} disabledReason={ended} onClick={followed.start}>
                {label}
              </Button>
            )}
          </>
        }
      />
      {data === undefined ? (
        <div className="p-6 stack">
          <ProblemNotice error={error} onRetry={() => query.refetch()} />
          {!error && <Skeleton label={`Loading ${tab}`} rows={6} />}
        </div>
      ) : (
        children(data)
      )}
    </>
  )
}
