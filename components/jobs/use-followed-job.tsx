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

/** A job that is started with something that says which. */
interface FollowedOf<What> extends Omit<FollowedJob, 'start'> {
  start: (what: What) => void
}

interface FollowOptions<What> {
  starter: UseMutationResult<{ jobId: string }, Error, What>
  /** One that is under way already, as the page's own data tell: it is found again after a reload. */
  underWayId: string | null
  /** What is read anew once it has ended. */
  changes: readonly Pick<InvalidateQueryFilters, 'queryKey' | 'exact'>[]
}

/** Starts a job, follows it, stops it, and reads anew what it changed. */
export function useFollowedJob<What = void>({
  starter,
  underWayId,
  changes,
}: FollowOptions<What>): FollowedOf<What> {
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
    start: (what) => starter.mutate(what, { onSuccess: ({ jobId }) => setFollowed(jobId) }),
    startError: starter.error,
    job: job ?? null,
    underWay: starter.isPending || (followed !== null && (!job || isUnderWay(job.state))),
    cancel: () => followed && cancel.mutate(followed),
    cancelling: cancel.isPending || Boolean(job && isUnderWay(job.state) && job.cancelRequested),
  }
}
