'use client'

import { useMemo } from 'react'
import { Button } from '#components/ui/button'
import { PathText } from '#components/ui/path-text'
import type { PartitionsSummary } from '#lib/domain/datasets/partitions-wire'
import { formatCount } from '#lib/domain/format'
import { widenToNames } from '#lib/domain/keep-path-order'
import { describeMismatchOf } from '#lib/domain/partitioning/pattern/mismatch'
import type { PatternReading } from '#lib/domain/partitioning/pattern/path-pattern'
import { findDifference } from '#lib/domain/partitioning/pattern/try-pattern'

interface UnmatchedProps {
  groups: PartitionsSummary['ledger']['unmatchedGroups']
  /** The pattern that they do not match, to point at where; null where it is another one by now. */
  reading: PatternReading | null
  /** What the counts are of: `"example"`, `"file"`. */
  what: string
  /** Takes a path apart beside the pattern, where there is one. */
  onExample?: (path: string) => void
}

const MOST_PATHS = 5

/** Paths that belong to no partition, grouped by why, each with the first place that differs. */
export function Unmatched({ groups, reading, what, onExample }: UnmatchedProps) {
  return (
    <section className="stack gap-3 unmatched" aria-label="Unmatched paths">
      {groups.map((group) => (
        <div key={group.key}>
          <p>
            <b className="font-medium">
              {formatCount(group.files)} {group.files === 1 ? what : `${what}s`}
            </b>{' '}
            {describeMismatchOf(group.files, group)}
          </p>
          <ul className="small muted">
            {group.examples.slice(0, MOST_PATHS).map((path) => (
              <li key={path} className="row wrap">
                <Path reading={reading} path={path} />
                {onExample && (
                  <Button
                    small
                    variant="ghost"
                    aria-label={`Use this path as the example: ${path}`}
                    onClick={() => onExample(path)}
                  >
                    Use this path as the example
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {group.files > MOST_PATHS && (
            <p className="small muted">and {formatCount(group.files - MOST_PATHS)} more</p>
          )}
        </div>
      ))}
    </section>
  )
}

function findMarked(reading: PatternReading | null, path: string) {
  const difference = reading && findDifference(reading, path)
  return difference && widenToNames(path, difference)
}

function Path({ reading, path }: { reading: PatternReading | null; path: string }) {
  const span = useMemo(() => findMarked(reading, path), [reading, path])
  if (!span)
    return (
      <code className="break-all">
        <PathText path={path} />
      </code>
    )
  return (
    <code className="break-all">
      <PathText path={path.slice(0, span.start)} />
      <mark title="The first place that differs">
        <PathText path={path.slice(span.start, span.end)} />
      </mark>
      <PathText path={path.slice(span.end)} />
    </code>
  )
}
