'use client'

import { type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { MEANING_CHOICES } from '#lib/domain/datasets/meanings'
import { renameColumn } from '#lib/domain/datasets/schema-diff'
import { STORAGE_TYPES } from '#lib/domain/datasets/storage-types'
import { ColumnDetails } from './column-details'
import type { KnownColumns } from './column-facts'
import { type PlacedColumn, targetOf } from './column-places'
import { SeenCell } from './seen-cell'

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

const TYPE_CHOICES = STORAGE_TYPES.map((value) => ({ value: value as string, label: value as string }))
const NO_MEANING = { value: '', label: 'None' }

/** One column of the schema: its fields, its place, and on demand what the files say of it. */
export function ColumnRow(props: ColumnRowProps) {
  const { column, index, count, known, isMistaken, readOnly, onChange } = props
  const { name, type, meaning, maxLength, comment } = column
  const [isOpen, setOpen] = useState(false)
  const disabled = readOnly !== null
  const move = (to: number | null) => {
    if (to !== null && props.unmovable === null) props.onMove(index, to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    const to = targetOf(event.key, index, count)
    if (to === null) return
    event.preventDefault()
    move(to)
  }
  const set = (change: Partial<SchemaColumn>, without?: keyof SchemaColumn) => {
    const next: SchemaColumn = { ...column, ...change }
    if (without) delete next[without]
    onChange(index, next)
  }
  return (
    <>
      <tr onKeyDown={onKeyDown} data-column={index}>
        <td className="head">
          <span className="schema-name">
            <Button
              variant="ghost"
              small
              square
              icon={isOpen ? 'down' : 'right'}
              aria-label={`About ${name}`}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            />
            <Input
              mono
              aria-label={`Name of column ${index + 1}`}
              aria-invalid={isMistaken}
              value={name}
              readOnly={disabled}
              onChange={({ target }) => onChange(index, renameColumn(column, target.value))}
            />
          </span>
        </td>
        <td data-label="Storage type">
          <Select
            aria-label={`Storage type of ${name}`}
            value={type}
            choices={withUnknown(TYPE_CHOICES, type)}
            disabled={disabled}
            onValueChange={(next) => set({ type: next })}
          />
        </td>
        <td data-label="Meaning">
          <Select
            aria-label={`Meaning of ${name}`}
            value={meaning ?? ''}
            choices={withUnknown([NO_MEANING, ...MEANING_CHOICES], meaning ?? '')}
            disabled={disabled}
            onValueChange={(next) => (next ? set({ meaning: next }) : set({}, 'meaning'))}
          />
        </td>
        <td data-label="Max. length">
          <Input
            mono
            inputMode="numeric"
            aria-label={`Maximum length of ${name}`}
            placeholder="none"
            value={maxLength === undefined || maxLength < 0 ? '' : String(maxLength)}
            readOnly={disabled}
            onChange={({ target }) => {
              const digits = target.value.replace(/\D/g, '').slice(0, 15)
              if (digits === '') set({}, 'maxLength')
              else set({ maxLength: Number(digits) })
            }}
          />
        </td>
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
            <div className="schema-comment">
              <span className="muted" aria-hidden>
                Comment
              </span>
              <Input
                aria-label={`Comment on ${name}`}
                value={comment ?? ''}
                readOnly={disabled}
                onChange={({ target }) =>
                  target.value === '' ? set({}, 'comment') : set({ comment: target.value })
                }
              />
            </div>
            <ColumnDetails column={column} known={known} />
          </td>
        </tr>
      )}
    </>
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

/** What is not known here stays what it is. */
const withUnknown = (choices: readonly { value: string; label: string }[], value: string) =>
  choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }]
