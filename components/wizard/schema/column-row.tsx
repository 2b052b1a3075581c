'use client'

import { type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { renameColumn } from '#lib/domain/datasets/schema-diff'
import { ColumnDetails } from './column-details'
import type { KnownColumns } from './column-facts'
import { type PlacedColumn, targetOf } from './column-places'
import { SeenCell } from './seen-cell'
import { TypeCells } from './type-cells'
import { withField } from './with-field'

export interface ColumnRowProps extends Pick<PlacedColumn, 'column' | 'index'> {
  count: number
  known: KnownColumns | null
  isMistaken: boolean
  readOnly: string | null
  /** Why it cannot be moved now. */
  unmovable: string | null
  onChange: (index: number, column: SchemaColumn) => void
  onMove: (index: number, to: number) => void
  onDrop: (index: number) => void
}

/** One column of the schema: its fields, its place, and on demand what the files say of it. */
export function ColumnRow(props: ColumnRowProps) {
  const { column, index, count, known, unmovable, readOnly, onChange, onMove } = props
  const [isOpen, setOpen] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    const to = targetOf(event.key, index, count)
    if (to === null) return
    event.preventDefault()
    if (unmovable === null) onMove(index, to)
  }
  return (
    <>
      <tr onKeyDown={onKeyDown} data-column={index}>
        <td className="head">
          <NameCell {...props} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />
        </td>
        <TypeCells {...props} />
        <td data-label="Seen">
          <SeenCell column={column} known={known} />
        </td>
        <td className="act">
          <Tools {...props} />
        </td>
      </tr>
      {isOpen && (
        <tr className="schema-details">
          <td colSpan={6}>
            <Comment
              column={column}
              readOnly={readOnly}
              onChange={(comment) => onChange(index, withField(column, 'comment', comment || undefined))}
            />
            <ColumnDetails column={column} known={known} />
          </td>
        </tr>
      )}
    </>
  )
}

interface NameCellProps
  extends Pick<ColumnRowProps, 'column' | 'index' | 'isMistaken' | 'readOnly' | 'onChange'> {
  isOpen: boolean
  onToggle: () => void
}

function NameCell({ column, index, isMistaken, readOnly, onChange, isOpen, onToggle }: NameCellProps) {
  return (
    <span className="schema-name">
      <Button
        variant="ghost"
        small
        square
        icon={isOpen ? 'down' : 'right'}
        aria-label={`About ${column.name}`}
        aria-expanded={isOpen}
        onClick={onToggle}
      />
      <Input
        mono
        aria-label={`Name of column ${index + 1}`}
        aria-invalid={isMistaken}
        // Where it is longer than its field.
        title={column.name}
        value={column.name}
        readOnly={readOnly !== null}
        onChange={({ target }) => onChange(index, renameColumn(column, target.value))}
      />
    </span>
  )
}

interface CommentProps extends Pick<ColumnRowProps, 'column' | 'readOnly'> {
  onChange: (comment: string) => void
}

function Comment({ column: { name, comment }, readOnly, onChange }: CommentProps) {
  return (
    <div className="schema-comment">
      <span className="muted" aria-hidden>
        Comment
      </span>
      <Input
        aria-label={`Comment on ${name}`}
        value={comment ?? ''}
        readOnly={readOnly !== null}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}

function Tools({ column: { name }, index, count, readOnly, unmovable, onMove, onDrop }: ColumnRowProps) {
  const tool = { variant: 'ghost', small: true, square: true } as const
  const fixed = readOnly ?? unmovable
  return (
    <span className="schema-row-tools">
      <Button
        {...tool}
        icon="move-up"
        aria-label={`Move ${name} up`}
        disabledReason={fixed ?? (index === 0 ? 'This is the first column.' : null)}
        onClick={() => onMove(index, index - 1)}
      />
      <Button
        {...tool}
        icon="move-down"
        aria-label={`Move ${name} down`}
        disabledReason={fixed ?? (index === count - 1 ? 'This is the last column.' : null)}
        onClick={() => onMove(index, index + 1)}
      />
      <Button
        {...tool}
        icon="trash"
        aria-label={`Drop ${name}`}
        disabledReason={readOnly}
        onClick={() => onDrop(index)}
      />
    </span>
  )
}
