'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { applyDiff, isSameSchema } from '#lib/domain/datasets/schema-diff'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { sayLookedAt } from './consistency-model'
import { ReportNotes } from './report-notes'
import { Changes } from './review-changes'
import { type Change, diffOf, isChosenAtFirst, listChanges, pickFromDiff } from './review-model'
import type { Answer } from './use-schema-reading'

interface SchemaReviewProps {
  answer: Answer
  /** As they are now. */
  columns: readonly SchemaColumn[]
  onApply: (columns: readonly SchemaColumn[]) => void
  onClose: () => void
}

/** What the files would change in the schema: what is chosen of it changes with Apply, and nothing before. */
export function SchemaReview({ answer, columns, onApply, onClose }: SchemaReviewProps) {
  const { question, report } = answer
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  const diff = useMemo(() => diffOf(question, columns, report), [question, columns, report])
  const changes = useMemo(() => listChanges(question, columns, report), [question, columns, report])
  const { chosen, choose } = useChosen(changes)
  const isRead = report.files.length > 0
  const nothing = isSameSchema(diff)
  const canApply = !nothing && isRead
  const label = question === 'infer' ? 'Inferred types' : 'Redetected columns'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section has no focus of its own
    <div ref={place} role="region" aria-label={label} tabIndex={-1} className="schema-answer">
      <Card
        title={isRead ? sayDiff(diff, answer) : (report.emptyBecause ?? 'No file could be read.')}
        footer={
          <>
            {canApply && (
              <Button
                variant="primary"
                disabledReason={chosen.length === 0 ? 'Choose a change first.' : null}
                onClick={() => onApply(applyDiff(columns, pickFromDiff(diff, chosen)))}
              >
                Apply
              </Button>
            )}
            <Button onClick={onClose}>{canApply ? 'Cancel' : 'Close'}</Button>
            <span className="small muted">
              {canApply && <>{sayChosen(changes, chosen)} · </>}
              From {sayLookedAt(report)}
            </span>
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
        {isRead && changes.length > 0 && <Changes changes={changes} chosen={chosen} onChoose={choose} />}
      </Card>
    </div>
  )
}

/** Which changes are applied; what one has not decided is as at first. */
function useChosen(changes: readonly Change[]) {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const isChosen = (change: Change) =>
    change.part !== null && isChosenAtFirst(change) !== turned.has(change.id)
  return {
    chosen: changes.filter(isChosen),
    choose(some: readonly Change[], chosen: boolean) {
      const next = new Set(turned)
      for (const change of some) {
        if (isChosenAtFirst(change) === chosen) next.delete(change.id)
        else next.add(change.id)
      }
      setTurned(next)
    },
  }
}

const sayChosen = (changes: readonly Change[], chosen: readonly Change[]): string =>
  `${formatCount(chosen.length)} of ${formatQuantity(changes.filter(({ part }) => part).length, 'change')} chosen`

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
    added.length > 0 && `${formatQuantity(added.length, 'column')} to add`,
    removed.length > 0 && `${formatQuantity(removed.length, 'column')} not in the files`,
    retyped.length > 0 && `${formatQuantity(retyped.length, 'column')} of another type`,
  ].filter((part) => part !== false)
  if (parts.length > 0) return parts.join(' · ')
  return question === 'infer'
    ? 'No other type fits better than those the columns have.'
    : 'The schema has the columns of the files. Nothing to change.'
}
