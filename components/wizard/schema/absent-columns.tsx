'use client'

import { Button } from '#components/ui/button'
import type { WantedColumn } from '#lib/domain/datasets/schema-diff'
import { formatCount, formatQuantity } from '#lib/domain/format'

/** Columns that get a button each. */
const MOST_OFFERED = 20

interface AbsentColumnsProps {
  /** Columns of the files that the schema does not hold: dropped ones, and those that came later. */
  columns: readonly WantedColumn[]
  readOnly: string | null
  onAdd: (columns: readonly WantedColumn[]) => void
}

/** The way back for columns that were dropped, and into the schema for new ones. */
export function AbsentColumns({ columns, readOnly, onAdd }: AbsentColumnsProps) {
  if (columns.length === 0) return null
  const more = columns.length - MOST_OFFERED
  return (
    <section className="stack gap-2" aria-label="Columns that are not in the schema">
      <div className="row wrap">
        <p className="muted">
          {formatQuantity(columns.length, 'column')} of the files {columns.length === 1 ? 'is' : 'are'} not in
          the schema.
        </p>
        {columns.length > 1 && (
          <Button small icon="plus" disabledReason={readOnly} onClick={() => onAdd(columns)}>
            Add all {formatCount(columns.length)}
          </Button>
        )}
      </div>
      <div className="row wrap">
        {columns.slice(0, MOST_OFFERED).map((column) => (
          <Button
            key={column.name}
            small
            icon="plus"
            className="schema-absent"
            aria-label={`Add column ${column.name}`}
            disabledReason={readOnly}
            onClick={() => onAdd([column])}
          >
            <span className="mono">{column.name === '' ? '(no name)' : column.name}</span>
          </Button>
        ))}
        {more > 0 && <span className="muted">and {formatCount(more)} more</span>}
      </div>
    </section>
  )
}
