'use client'

import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { Status } from '#components/ui/status'
import { type Column, Table } from '#components/ui/table'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { formatQuantity } from '#lib/domain/format'
import type { WizardTabProps } from './tab-props'

const MEANINGS = [
  { value: '', label: 'None' },
  { value: 'Text', label: 'Text' },
  { value: 'JSONObjectMeaning', label: 'Object (JSON)' },
]

type Row = SchemaColumn & { index: number }

/** The columns: their names, how they are stored, what they mean. */
export function SchemaTab({ state, dispatch, problems, source, readOnly }: WizardTabProps) {
  const { columns } = state.definition.schema
  const disabled = Boolean(readOnly)
  const found = source.preview.shown?.columns
  const set = (
    { index, ...column }: Row,
    change: Partial<Omit<Row, 'index'>>,
    without?: keyof SchemaColumn,
  ) => {
    const { ...next }: SchemaColumn = { ...column, ...change }
    if (without) delete next[without]
    dispatch({ step: 'set-column', index, column: next })
  }
  const mistakeOf = (index: number) => problems.find((one) => one.tab === 'schema' && one.path?.[1] === index)
  const table: Column<Row>[] = [
    {
      id: 'name',
      header: 'Name',
      card: 'head',
      cell: (row) => (
        <Input
          mono
          aria-label={`Name of column ${row.index + 1}`}
          aria-invalid={Boolean(mistakeOf(row.index))}
          value={row.name}
          readOnly={disabled}
          onChange={({ target }) => set(row, { name: target.value })}
        />
      ),
    },
    {
      id: 'type',
      header: 'Storage type',
      width: 128,
      cell: (row) => (
        <Select
          aria-label={`Storage type of ${row.name}`}
          value={row.type}
          choices={[...new Set(['string', row.type])].map((value) => ({ value, label: value }))}
          disabled={disabled}
          onValueChange={(type) => set(row, { type })}
        />
      ),
    },
    {
      id: 'meaning',
      header: 'Meaning',
      width: 152,
      cell: (row) => (
        <Select
          aria-label={`Meaning of ${row.name}`}
          value={row.meaning ?? ''}
          choices={
            MEANINGS.some(({ value }) => value === (row.meaning ?? ''))
              ? MEANINGS
              : [...MEANINGS, { value: row.meaning ?? '', label: row.meaning ?? '' }]
          }
          disabled={disabled}
          onValueChange={(meaning) => (meaning ? set(row, { meaning }) : set(row, {}, 'meaning'))}
        />
      ),
    },
    {
      id: 'max',
      header: 'Max. length',
      width: 116,
      cell: (row) => (
        <Input
          mono
          inputMode="numeric"
          aria-label={`Maximum length of ${row.name}`}
          placeholder="none"
          value={row.maxLength === undefined || row.maxLength < 0 ? '' : String(row.maxLength)}
          readOnly={disabled}
          onChange={({ target }) => {
            const digits = target.value.replace(/\D/g, '').slice(0, 15)
            if (digits === '') set(row, {}, 'maxLength')
            else set(row, { maxLength: Number(digits) })
          }}
        />
      ),
    },
    {
      id: 'comment',
      header: 'Comment',
      cell: (row) => (
        <Input
          aria-label={`Comment on ${row.name}`}
          value={row.comment ?? ''}
          readOnly={disabled}
          onChange={({ target }) => {
            if (target.value === '') set(row, {}, 'comment')
            else set(row, { comment: target.value })
          }}
        />
      ),
    },
  ]
  const mistakes = columns.flatMap((_, index) => mistakeOf(index) ?? [])
  return (
    <div className="stack">
      <p className="muted">
        One record per line gives a single column with the whole line as a text. Its text stays a string:
        nothing in it is read as a number or a date.
      </p>
      <div className="card overflow-x-auto">
        <Table
          two
          className="md:min-w-[640px]"
          label="Columns"
          columns={table}
          rows={columns.map((column, index) => ({ ...column, index }))}
          rowKey={({ index }) => String(index)}
        />
      </div>
      {mistakes.map(({ message }) => (
        <Status key={message} kind="bad">
          {message}
        </Status>
      ))}
      {found && (
        <Status kind={found.length === columns.length ? 'ok' : 'warn'}>
          {found.length === columns.length
            ? `The files give ${formatQuantity(found.length, 'column')}, as here.`
            : `The files give ${formatQuantity(found.length, 'column')}, here are ${columns.length}.`}
        </Status>
      )}
    </div>
  )
}
