'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Banner } from '#components/ui/banner'
import { ButtonLink } from '#components/ui/button'
import { DeniedState } from '#components/ui/denied-state'
import { EmptyState } from '#components/ui/empty-state'
import { ErrorState } from '#components/ui/error-state'
import { useZone } from '#components/ui/zone'
import { ApiError } from '#lib/client/api'
import { formatClock } from '#lib/domain/format'
import type { Problem } from '#lib/domain/problem'

interface AccessGateProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'errorUpdatedAt' | 'refetch' | 'isFetching'>
  /** What it is about: `"dku-audit-log"`, `"the connections"`. */
  name: string
  /** The layout to come, in grey. */
  loading: ReactNode
  /** Where to go when it stays closed. */
  back: { href: string; label: string }
  /** `ended` says why nothing can be saved any more; what was read stays on the page. */
  children: (data: T, ended: string | null) => ReactNode
}

/** One may not know of it, or there is none: such a page has no head of its own, it says only that. */
export const isRefused = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 404)

/** Shows what a query gives, or why it does not: denied with whom to ask, gone, failed; a right lost keeps the page. */
export function AccessGate<T>({ query, name, loading, back, children }: AccessGateProps<T>) {
  const { zone } = useZone()
  const { data, error } = query
  const problem = error instanceof ApiError ? error.problem : null
  if (data === undefined) {
    if (!error) return loading
    if (problem?.status === 403) return <Denied name={name} problem={problem} back={back} />
    if (problem?.status === 404) return <Gone name={name} problem={problem} back={back} />
    return <Failed problem={problem} query={query} />
  }
  const lost = isRefused(error)
  const ended = lost
    ? `Your access to ${name} ended at ${formatClock(new Date(query.errorUpdatedAt), zone)}.`
    : null
  return (
    <>
      {ended && <Ended ended={ended} problem={problem} />}
      {error && !lost && <Failed problem={problem} query={query} stale />}
      {children(data, ended)}
    </>
  )
}

function Denied({
  name,
  problem,
  back,
}: {
  name: string
  problem: Problem
  back: { href: string; label: string }
}) {
  const need = problem.detail
  return (
    <DeniedState
      title={`You cannot open ${name}`}
      ask={problem.details.ask ?? []}
      request={`Please give me access to ${name} in Launchpad. It says: ${need}`}
      actions={<ButtonLink href={back.href}>{back.label}</ButtonLink>}
    >
      {need}
    </DeniedState>
  )
}

function Gone({
  name,
  problem,
  back,
}: {
  name: string
  problem: Problem
  back: { href: string; label: string }
}) {
  return (
    <EmptyState
      level={1}
      icon="search"
      title={`${name} is not here`}
      actions={<ButtonLink href={back.href}>{back.label}</ButtonLink>}
    >
      {problem.detail}
    </EmptyState>
  )
}

function Ended({ ended, problem }: { ended: string; problem: Problem | null }) {
  const ask = problem?.details.ask ?? []
  return (
    <div className="px-8 pt-6">
      <Banner tone="warn" title={ended}>
        <p>
          {`What you see is as it was then; nothing can be saved.${ask.length > 0 ? ` Ask: ${ask.join(', ')}.` : ''}`}
        </p>
      </Banner>
    </div>
  )
}

interface FailedProps {
  problem: Problem | null
  query: { refetch: () => unknown; isFetching: boolean }
  stale?: boolean
}

function Failed({ problem, query, stale }: FailedProps) {
  const title = problem?.detail ?? 'The page could not read what Launchpad answered.'
  return (
    <ErrorState
      title={stale ? `${title} What you see may be out of date.` : title}
      where={problem?.details.where}
      remedy={problem?.details.remedy}
      reason={problem?.details.reason}
      requestId={problem?.requestId}
      onRetry={() => query.refetch()}
      retrying={query.isFetching}
    />
  )
}
