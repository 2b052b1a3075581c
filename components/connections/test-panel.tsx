'use client'

import type { ReactNode } from 'react'
import { Card } from '#components/ui/card'
import { type Check, Checks } from '#components/ui/checks'
import { Code } from '#components/ui/code'
import { LinkButton } from '#components/ui/link-button'
import { Status } from '#components/ui/status'
import { Time } from '#components/ui/time'
import { missingPermission, type TestResult, type TestStep } from '#lib/domain/connections/test-result'
import { formatDuration } from '#lib/domain/format'

const LABEL: Record<TestStep['step'], string> = {
  reachable: 'Reachable',
  credentials: 'Credentials',
  region: 'Region',
  list: 'List',
  read: 'Read',
  'clock-skew': 'Clock',
  write: 'Write',
}

interface TestPanelProps {
  result: TestResult | null
  testing: boolean
  /** Bucket and root, to say how a missing permission is granted. */
  place: { bucket: string; root: string } | null
  /** Offers to try writing, which is never done unasked. */
  onTryWrite?: (() => void) | undefined
  /** Why it could not be tested at all. */
  problem?: ReactNode
}

/** The last test of a connection step by step, and how to grant what is missing. */
export function TestPanel({ result, testing, place, onTryWrite, problem }: TestPanelProps) {
  return (
    <div className="stack" aria-live="polite" aria-busy={testing}>
      <Card title="Test" aside={<Outcome result={result} testing={testing} />}>
        {result ? (
          <div className={testing ? 'stale' : undefined}>
            <Checks checks={result.steps.map((step) => toCheck(step, onTryWrite))} />
          </div>
        ) : (
          <p className="px-4 py-3 small muted">
            {testing ? 'Trying step by step, two seconds at most.' : 'Not tested yet.'}
          </p>
        )}
      </Card>
      {problem}
      {result && place && <HowToGrant result={result} place={place} />}
    </div>
  )
}

function Outcome({ result, testing }: { result: TestResult | null; testing: boolean }) {
  if (testing) return <Status kind="busy">Testing</Status>
  if (!result) return null
  const tried = result.steps.filter((step) => step.outcome !== 'not-tested')
  const failed = tried.filter((step) => step.outcome === 'failed')
  return (
    <>
      <Status kind={result.ok ? 'ok' : 'bad'}>
        {failed.length > 0 ? `${failed.length} of ${tried.length} failed` : result.message}
        {result.trigger === 'draft' && ' · settings not saved'}
      </Status>
      <span className="small muted end">
        <Time at={result.at} as="clock" /> · {formatDuration(result.durationMs)}
      </span>
    </>
  )
}

function toCheck(step: TestStep, onTryWrite: (() => void) | undefined): Check {
  if (step.outcome === 'not-tested') {
    const canTry = step.step === 'write' && onTryWrite
    return {
      id: step.step,
      label: LABEL[step.step],
      state: 'untested',
      detail: canTry ? (
        <>
          not tested · <LinkButton onClick={onTryWrite}>Try it</LinkButton>
        </>
      ) : step.message === 'not tested' ? (
        'not tested'
      ) : (
        `not tested · ${step.message}`
      ),
    }
  }
  return {
    id: step.step,
    label: LABEL[step.step],
    state: step.outcome === 'ok' ? 'ok' : 'bad',
    detail: step.remedy ? (
      <>
        {step.message} <span className="muted">{step.remedy}</span>
      </>
    ) : (
      step.message
    ),
    took: formatDuration(step.durationMs),
  }
}

function HowToGrant({ result, place }: { result: TestResult; place: { bucket: string; root: string } }) {
  const missing = missingPermission(result.steps, place)
  if (!missing) return null
  return (
    <section className="stack gap-2" aria-label={missing.title}>
      <h3>{missing.title}</h3>
      <p className="small muted">Add this statement to its policy, then test again.</p>
      <Code label="Policy statement" value={JSON.stringify(missing.statement, null, 2)} />
    </section>
  )
}
