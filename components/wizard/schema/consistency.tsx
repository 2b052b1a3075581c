'use client'

import { useEffect, useRef } from 'react'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import type { WantedColumn } from '#lib/domain/datasets/schema-diff'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { columnsToAdd, type Disagreement, findDisagreements, sayLookedAt } from './consistency-model'
import { ReportNotes } from './report-notes'
import type { Answer } from './use-schema-reading'
import { ValueAt } from './value-at'

/** Findings that are listed; the others are counted. */
const MOST_LISTED = 50

interface ConsistencyProps {
  answer: Answer
  /** The schema was changed since. */
  isOld: boolean
  /** The columns as they are now. */
  now: readonly SchemaColumn[]
  /** Adds columns of the files; null where nothing can be changed. */
  onAdd: ((columns: readonly WantedColumn[]) => void) | null
  onClose: () => void
}

/** Whether the files are as the schema says, and where not. */
export function Consistency({ answer, isOld, now, onAdd, onClose }: ConsistencyProps) {
  const { report, columns } = answer
  const place = useRef<HTMLDivElement>(null)
  // What was asked for is what a keyboard or a screen reader goes on from.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer is gone to
  useEffect(() => place.current?.focus(), [answer])
  const list = report.files.length > 0 ? findDisagreements(columns, report) : []
  const toAdd = columnsToAdd(now, report)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section has no focus of its own
    <div ref={place} role="region" aria-label="Consistency" tabIndex={-1} className="schema-answer">
      <Banner
        tone={list.length + report.problems.length > 0 || report.files.length === 0 ? 'warn' : 'ok'}
        title={sayResult(
          list.reduce((sum, { count }) => sum + count, 0),
          answer,
        )}
        actions={
          <>
            {onAdd && toAdd.length > 0 && (
              <Button small icon="plus" onClick={() => onAdd(toAdd)}>
                {toAdd.length === 1 ? 'Add the column' : `Add the ${formatCount(toAdd.length)} columns`}
              </Button>
            )}
            <Button small onClick={onClose}>
              Close
            </Button>
          </>
        }
      >
        <div className="schema-notes">
          {isOld && <p>The schema was changed since. Check again for what holds now.</p>}
          <Disagreements list={list} />
          <ReportNotes report={report} />
        </div>
      </Banner>
    </div>
  )
}

function sayResult(count: number, { report }: Answer): string {
  if (report.files.length === 0) return report.emptyBecause ?? 'No file could be read.'
  const from = sayLookedAt(report)
  return count === 0
    ? `The schema agrees with ${from}.`
    : `${formatQuantity(count, 'difference')} between the schema and ${from}`
}

function Disagreements({ list }: { list: readonly Disagreement[] }) {
  if (list.length === 0) return null
  return (
    <ul className="schema-findings">
      {list.slice(0, MOST_LISTED).map(({ id, message, example }) => (
        <li key={id}>
          <p>{message}</p>
          {example && <ValueAt place={example} />}
        </li>
      ))}
      {list.length > MOST_LISTED && (
        <li className="muted">
          The first {MOST_LISTED} of {formatQuantity(list.length, 'difference')}
        </li>
      )}
    </ul>
  )
}
