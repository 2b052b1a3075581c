'use client'

import { MiddleTruncate } from '#components/ui/middle-truncate'
import type { PartitionsSummary } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'
import { describeMismatch } from '#lib/domain/partitioning/mismatch'

/** Paths that belong to no partition, grouped by why, with examples. */
export function Unmatched({ groups }: { groups: PartitionsSummary['ledger']['unmatchedGroups'] }) {
  return (
    <section className="stack gap-3" aria-label="Unmatched paths">
      {groups.map((group) => (
        <div key={group.key}>
          <p>
            <b className="font-medium">{formatQuantity(group.files, 'file')}</b> {describeMismatch(group)}
          </p>
          <ul className="small muted">
            {group.examples.map((path) => (
              <li key={path} className="flex min-w-0">
                <MiddleTruncate text={path} what="path" />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
