'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { jobQuery, useCancelJob } from '#lib/client/jobs'
import { metricsQuery, useComputeMetrics } from '#lib/client/metrics'
import type { Dataset } from '#lib/domain/datasets/wire'
import { isUnderWay, type Job } from '#lib/domain/progress/wire'

export interface MetricsJob {
  start: () => void
  startError: Error | null
  /** The computation under way, or the one that ended last while the page was open. */
  job: Job | null
  underWay: boolean
  cancel: () => void
  cancelling: boolean
}

/** Computes the metrics of a dataset as a job; one that is under way is found again after a reload. */
export function useMetricsJob({ projectKey, name }: Dataset, underWayId: string | null): MetricsJob {
  const client = useQueryClient()
  const starter = useComputeMetrics(projectKey, name)
  const cancel = useCancelJob()
  const [followed, setFollowed] = useState<string | null>(underWayId)
  if (underWayId && underWayId !== followed) setFollowed(underWayId)
  const { data: job } = useQuery({ ...jobQuery(followed ?? ''), enabled: followed !== null })
  const ended = job && !isUnderWay(job.state) ? job.id : null
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: metricsQuery(projectKey, name).queryKey })
  }, [ended, client, projectKey, name])
  return {
    start: () => starter.mutate(undefined, { onSuccess: ({ jobId }) => setFollowed(jobId) }),
    startError: starter.error,
    job: job ?? null,
    underWay: starter.isPending || (followed !== null && (!job || isUnderWay(job.state))),
    cancel: () => followed && cancel.mutate(followed),
    cancelling: cancel.isPending || Boolean(job && isUnderWay(job.state) && job.cancelRequested),
  }
}
