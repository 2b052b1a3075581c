'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { datasetQuery, datasetsQuery, partitionsQuery, useListDatasetPartitions } from '#lib/client/datasets'
import { jobQuery, useCancelJob } from '#lib/client/jobs'
import type { Dataset } from '#lib/domain/datasets/wire'
import { isUnderWay, type Job } from '#lib/domain/progress/wire'

export interface DatasetListing {
  start: () => void
  starting: boolean
  startError: Error | null
  /** The listing under way, or the one that ended last while the page was open. */
  job: Job | null
  underWay: boolean
  cancel: () => void
  cancelling: boolean
}

/** Lists the partitions of a dataset anew as a job; one that is under way is found again after a reload. */
export function useDatasetListing({ projectKey, name }: Dataset, underWayId: string | null): DatasetListing {
  const client = useQueryClient()
  const starter = useListDatasetPartitions(projectKey, name)
  const cancel = useCancelJob()
  const [followed, setFollowed] = useState<string | null>(underWayId)
  if (underWayId && underWayId !== followed) setFollowed(underWayId)
  const { data: job } = useQuery({ ...jobQuery(followed ?? ''), enabled: followed !== null })
  const ended = job && !isUnderWay(job.state) ? job.id : null
  useEffect(() => {
    if (!ended) return
    for (const { queryKey } of [
      partitionsQuery(projectKey, name),
      datasetQuery(projectKey, name),
      datasetsQuery(projectKey),
    ])
      void client.invalidateQueries({ queryKey, exact: true })
  }, [ended, client, projectKey, name])
  return {
    start: () => starter.mutate(undefined, { onSuccess: ({ jobId }) => setFollowed(jobId) }),
    starting: starter.isPending,
    startError: starter.error,
    job: job ?? null,
    underWay: starter.isPending || (followed !== null && (!job || isUnderWay(job.state))),
    cancel: () => followed && cancel.mutate(followed),
    cancelling: cancel.isPending || Boolean(job && isUnderWay(job.state) && job.cancelRequested),
  }
}
