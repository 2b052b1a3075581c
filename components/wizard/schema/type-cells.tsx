'use client'

import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { MEANING_CHOICES } from '#lib/domain/datasets/meanings'
import { STORAGE_TYPES } from '#lib/domain/datasets/storage-types'
import type { PlacedColumn } from './column-places'
import { withField } from './with-field'

const TYPE_CHOICES = STORAGE_TYPES.map((value) => ({ value: value as string, label: value as string }))
const NO_MEANING = { value: '', label: 'None' }

interface TypeCellsProps extends Pick<PlacedColumn, 'column' | 'index'> {
  readOnly: string | null
  onChange: (index: number, column: SchemaColumn) => void
}

/** How its values are stored, what they mean, and how long they may be. */
export function TypeCells({ column, index, readOnly, onChange }: TypeCellsProps) {
  const { name, type, meaning, maxLength } = column
  const disabled = readOnly !== null
  return (
    <>
      <td data-label="Storage type">
        <Select
          aria-label={`Storage type of ${name}`}
          value={type}
          choices={withUnknown(TYPE_CHOICES, type)}
          disabled={disabled}
          onValueChange={(next) => onChange(index, { ...column, type: next })}
        />
      </td>
      <td data-label="Meaning">
        <Select
          aria-label={`Meaning of ${name}`}
          value={meaning ?? ''}
          choices={withUnknown([NO_MEANING, ...MEANING_CHOICES], meaning ?? '')}
          disabled={disabled}
          onValueChange={(next) => onChange(index, withField(column, 'meaning', next || undefined))}
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
            onChange(index, withField(column, 'maxLength', digits === '' ? undefined : Number(digits)))
          }}
        />
      </td>
    </>
  )
}

/** What is not known here stays what it is. */
const withUnknown = (choices: readonly { value: string; label: string }[], value: string) =>
  choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }]
