'use client'

import { useMemo } from 'react'
import { Button } from '#components/ui/button'
import { PathText } from '#components/ui/path-text'
import type { FileEntry } from '#lib/domain/datasets/files-wire'
import { formatQuantity } from '#lib/domain/format'
import type { PartitioningChange } from '#lib/domain/partitioning/part-choices'
import { PERIOD_LABELS } from '#lib/domain/partitioning/periods'
import { suggestPartitioning } from '#lib/domain/partitioning/suggest/suggest'
import { hasDays, type Suggestion } from '#lib/domain/partitioning/suggest/suggestion'
import { tellUnreadDates } from '#lib/domain/partitioning/suggest/unread-dates'
import { type Counted, sayCoverage } from './say-coverage'

interface SuggestionsProps {
  examples: readonly string[]
  /** Files of which it is known when they were changed. */
  known: readonly FileEntry[]
  /** What a listing counted, where it was by the settings as they stand. */
  counted: Counted | null
  readOnly: string | null
  onUse: (change: PartitioningChange) => void
}

/** As many others as one still compares. */
const MOST_OTHERS = 5

/** Partitionings found in the example paths: the best one, its other periods, and other layouts with what they match. */
export function Suggestions({ examples, known, counted, readOnly, onUse }: SuggestionsProps) {
  const suggestions = useMemo(() => {
    const changes = new Map(known.map(({ path, modifiedAt }) => [path, Date.parse(modifiedAt)]))
    return suggestPartitioning(examples, { changedAt: (path) => changes.get(path) })
  }, [examples, known])
  const unread = useMemo(
    () => (hasDays(suggestions) ? null : tellUnreadDates(examples)),
    [suggestions, examples],
  )
  const [best] = suggestions
  if (examples.length === 0) {
    return <p className="muted">List files on the Files tab first to get a suggestion from their paths.</p>
  }
  if (!best) {
    return (
      <p className="muted">
        No dates and no folders that recur were found in {formatQuantity(examples.length, 'example path')}, so
        there is nothing to suggest. {unread} Write a pattern, or choose parts of the example.
      </p>
    )
  }
  const periods = suggestions.filter((one) => one !== best && one.layout === best.layout)
  const layouts = new Map<number, Suggestion>()
  for (const one of suggestions)
    if (one.layout !== best.layout && !layouts.has(one.layout)) layouts.set(one.layout, one)
  const use = ({ filePathPattern, dimensions }: Suggestion) =>
    onUse({ filePathPattern, dimensions: dimensions.map((one) => ({ ...one })) })
  return (
    <section className="card card-pad stack gap-3" aria-label="Suggested partitioning">
      <div className="stack gap-1">
        <p>
          Suggested from {formatQuantity(best.total, 'example path')}:{' '}
          <code className="wrap-anywhere">
            <PathText path={best.filePathPattern} />
          </code>
        </p>
        <p className="small muted">{say(best, counted)}</p>
        {best.told && <p className="small muted">{best.told}</p>}
        {unread && <p className="small muted">{unread}</p>}
      </div>
      <div className="row wrap">
        <Button disabledReason={readOnly} onClick={() => use(best)}>
          Use suggested partitioning
        </Button>
        {periods.map((one) => (
          <Button
            key={one.filePathPattern}
            small
            variant="ghost"
            disabledReason={readOnly}
            aria-label={`Use ${one.filePathPattern}`}
            onClick={() => use(one)}
          >
            {sayPeriod(one)} instead
          </Button>
        ))}
      </div>
      {layouts.size > 0 && (
        <div className="stack gap-2">
          <p className="small muted">
            The paths are laid out in more than one way. A dataset has one pattern; others may be datasets of
            their own.
          </p>
          <ul className="stack gap-2" aria-label="Other layouts">
            {[...layouts.values()].slice(0, MOST_OTHERS).map((one) => (
              <li key={one.layout} className="row">
                <span className="grow">
                  <code className="wrap-anywhere">
                    <PathText path={one.filePathPattern} />
                  </code>
                  <br />
                  <span className="small muted">{say(one, counted)}</span>
                  {one.told && <span className="small muted"> · {one.told}</span>}
                </span>
                <Button
                  small
                  disabledReason={readOnly}
                  aria-label={`Use ${one.filePathPattern}`}
                  onClick={() => use(one)}
                >
                  Use
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

function say(suggestion: Suggestion, counted: Counted | null): string {
  const names = suggestion.dimensions.map((one) =>
    one.type === 'time' ? `${one.name} by ${PERIOD_LABELS[one.params.period].toLowerCase()}` : one.name,
  )
  return `${names.join(', ')} · ${sayCoverage(suggestion, counted)}`
}

function sayPeriod({ dimensions }: Suggestion): string {
  const time = dimensions.find((one) => one.type === 'time')
  return time ? `By ${PERIOD_LABELS[time.params.period].toLowerCase()}` : 'Without a date'
}
