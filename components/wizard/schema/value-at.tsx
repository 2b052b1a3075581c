import { MiddleTruncate } from '#components/ui/middle-truncate'
import type { ValuePlace } from '#lib/domain/datasets/schema-report'
import { formatCount } from '#lib/domain/format'

/** A value and where it stands: `n/a · /2026/11/22/a.csv · record 3`. */
export function ValueAt({ place: { excerpt, path, record } }: { place: ValuePlace }) {
  return (
    <p className="small muted schema-value">
      <code>{excerpt}</code>
      <span className="row gap-1.5 min-w-0">
        <MiddleTruncate text={path} what="path" />
        <span className="whitespace-nowrap">record {formatCount(record)}</span>
      </span>
    </p>
  )
}
