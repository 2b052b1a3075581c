'use client'

import Link from 'next/link'
import { ProblemNotice } from '#components/access/problem-notice'
import { ButtonLink } from '#components/ui/button'
import { LinkButton } from '#components/ui/link-button'
import { Progress } from '#components/ui/progress'
import { formatQuantity } from '#lib/domain/format'
import type { Job } from '#lib/domain/progress/wire'
import { JobFailure } from './job-failure'
import { jobAddress } from './jobs-address'
import type { FollowedJob } from './use-followed-job'

interface JobStateProps {
  projectKey: string
  followed: FollowedJob
  /** What it does: `"Listing partitions"`. */
  label: string
  /** What it counts, one of them: `"object"`. */
  unit: string
  /** What stands on the page once it was stopped. */
  stays?: string
  /** Starts another: `"List again"`. */
  again: string
}

/** How a job goes that was started on this page, or why it ended without a result. */
export function JobState({ projectKey, followed, label, unit, stays, again }: JobStateProps) {
  const { job, underWay, startError, start } = followed
  if (startError) return <ProblemNotice error={startError} onRetry={start} />
  if (underWay)
    return (
      <Progress
        label={label}
        done={job?.done ?? 0}
        total={job?.total}
        unit={`${unit}s`}
        detail={
          job && (
            <>
              {saysMore(job, unit) && `${job.message} · `}
              <Link className="underline" href={jobAddress(projectKey, job.id)}>
                Job
              </Link>
            </>
          )
        }
        onCancel={job?.canCancel ? followed.cancel : undefined}
        cancelling={followed.cancelling}
      />
    )
  if (job?.state === 'failed' && job.error)
    return (
      <JobFailure
        error={job.error}
        onRetry={start}
        actions={
          <ButtonLink small href={jobAddress(projectKey, job.id)}>
            Job
          </ButtonLink>
        }
      />
    )
  if (job?.state !== 'canceled') return null
  return (
    <p className="small row wrap" role="status">
      <span>{[`Stopped after ${formatQuantity(job.done, unit)}.`, stays].filter(Boolean).join(' ')}</span>
      <LinkButton onClick={start}>{again}</LinkButton>
    </p>
  )
}

/** Whether a job tells more than how many it has done: bytes, where one file takes minutes. */
const saysMore = ({ message, done }: Job, unit: string) =>
  message !== '' && message !== formatQuantity(done, unit)
