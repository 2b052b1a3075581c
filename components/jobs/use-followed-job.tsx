'use client'

import {
  type InvalidateQueryFilters,
  type UseMutationResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { jobQuery, useCancelJob } from '#lib/client/jobs'
import { isUnderWay, type Job } from '#lib/domain/progress/wire'

export interface FollowedJob {
  start: () => void
  startError: Error | null
  /** The job under way, or the one that ended last while the page was open. */
  job: Job | null
  underWay: boolean
  cancel: () => void
  cancelling: boolean
}

interface FollowOptions {
  starter: UseMutationResult<{ jobId: string }, Error, void>
  /** One that is under way already, as the page's own data tell: it is found again after a reload. */
  underWayId: string | null
  /** What is read anew once it has ended. */
  changes: readonly Pick<InvalidateQueryFilters, 'queryKey' | 'exact'>[]
}

/** Starts a job, follows it, stops it, and reads anew what it changed. */
export function useFollowedJob({ starter, underWayId, changes }: FollowOptions): FollowedJob {
  const client = useQueryClient()
  const cancel = useCancelJob()
  const [followed, setFollowed] = useState<string | null>(underWayId)
  if (underWayId && underWayId !== followed) setFollowed(underWayId)
  const { data: job } = useQuery({ ...jobQuery(followed ?? ''), enabled: followed !== null })
  const ended = job && !isUnderWay(job.state) ? job.id : null
  const readAnew = useEffectEvent(() => {
    for (const change of changes) void client.invalidateQueries(change)
  })
  useEffect(() => {
    if (ended) readAnew()
  }, [ended])
  return {
    start: () => starter.mutate(undefined, { onSuccess: ({ jobId }) => setFollowed(jobId) }),
    startError: starter.error,
    job: job ?? null,
    underWay: starter.isPending || (followed !== null && (!job || isUnderWay(job.state))),
    cancel: () => followed && cancel.mutate(followed),
    cancelling: cancel.isPending || Boolean(job && isUnderWay(job.state) && job.cancelRequested),
  }
}
