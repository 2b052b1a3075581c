'use client'

import { useEffect, useMemo, useRef } from 'react'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { applyDiff, isSameSchema } from '#lib/domain/datasets/schema-diff'
import { formatQuantity } from '#lib/domain/format'
import { sayLookedAt } from './consistency-model'
import { ReportNotes } from './report-notes'
import { type Change, diffOf, listChanges, sayAgainst } from './review-model'
import type { Answer } from './use-schema-reading'
import { ValueAt } from './value-at'

/** Lines that are drawn; the others are counted, and applied as well. */
const MOST_LISTED = 200

interface SchemaReviewProps {
  answer: Answer
  /** As they are now. */
  columns: readonly SchemaColumn[]
  onApply: (columns: readonly SchemaColumn[]) => void
  onClose: () => void
}

/** What the files would change in the schema; nothing changes before Apply. */
export function SchemaReview({ answer, columns, onApply, onClose }: SchemaReviewProps) {
  const { question, report } = answer
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const diff = useMemo(() => diffOf(question, columns, report), [question, columns, report])
  const changes = useMemo(() => listChanges(question, columns, report), [question, columns, report])
  const isRead = report.files.length > 0
  const nothing = isSameSchema(diff)
  const label = question === 'infer' ? 'Inferred types' : 'Redetected columns'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section has no focus of its own
    <div ref={place} role="region" aria-label={label} tabIndex={-1} className="schema-answer">
      <Card
        title={isRead ? sayDiff(diff, answer) : (report.emptyBecause ?? 'No file could be read.')}
        footer={
          <>
            {!nothing && isRead && (
              <Button variant="primary" onClick={() => onApply(applyDiff(columns, diff))}>
                Apply
              </Button>
            )}
            <Button onClick={onClose}>{nothing || !isRead ? 'Close' : 'Cancel'}</Button>
            <span className="small muted">From {sayLookedAt(report)}</span>
          </>
        }
      >
        {hasNotes(answer) && (
          <div className="p-3">
            <Banner tone="warn" title={problemsOf(answer)}>
              <div className="schema-notes">
                <ReportNotes report={report} />
              </div>
            </Banner>
          </div>
        )}
        {isRead && changes.length > 0 && <Changes changes={changes} />}
      </Card>
    </div>
  )
}

function hasNotes({ report }: Answer): boolean {
  return report.problems.length + report.unparsed + report.columnsLeftOut > 0 || report.endedBy !== null
}

const problemsOf = ({ report: { problems } }: Answer): string =>
  problems.length > 0
    ? `${formatQuantity(problems.length, 'problem')} in the files`
    : 'Not everything was read'

function sayDiff(
  { added, removed, retyped }: ReturnType<typeof diffOf>,
  { question }: Pick<Answer, 'question'>,
): string {
  const parts = [
    added.length > 0 && `${formatQuantity(added.length, 'column')} added`,
    removed.length > 0 && `${formatQuantity(removed.length, 'column')} removed`,
    retyped.length > 0 && `${formatQuantity(retyped.length, 'column')} of another type`,
  ].filter((part) => part !== false)
  if (parts.length > 0) return parts.join(' · ')
  return question === 'infer'
    ? 'No other type fits better than those the columns have.'
    : 'The schema has the columns of the files. Nothing to change.'
}

const LOOK: Record<Change['sign'], { look: string; word: string }> = {
  '+': { look: 'gain', word: 'Added' },
  '−': { look: 'loss', word: 'Removed' },
  '~': { look: 'turn', word: 'Changed' },
  '=': { look: 'same', word: 'Kept' },
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <ul className="schema-changes" aria-label="Changes" tabIndex={0}>
      {changes.slice(0, MOST_LISTED).map(({ id, sign, name, what, against }) => (
        <li key={id} className={LOOK[sign].look}>
          <span className="sign" aria-hidden="true">
            {sign}
          </span>
          <span className="sr">{LOOK[sign].word}: </span>
          <div className="min-w-0">
            <p>
              <code>{name}</code> <span className="muted">{what}</span>
            </p>
            {against && (
              <>
                <p className="small muted">{sayAgainst(against)}</p>
                <ValueAt place={against} />
              </>
            )}
          </div>
        </li>
      ))}
      {changes.length > MOST_LISTED && (
        <li className="muted">
          <span />
          The first {MOST_LISTED} of {formatQuantity(changes.length, 'line')}
        </li>
      )}
    </ul>
  )
}
