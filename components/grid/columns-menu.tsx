'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Popover } from '#components/ui/popover'
import { SearchField } from '#components/ui/search-field'
import { formatQuantity } from '#lib/domain/format'
import type { PlacedColumn } from './grid-layout'
import type { GridLayout } from './use-grid-layout'

const SHOWN = 200

/** Which columns are shown, and in which order. */
export function ColumnsMenu({ layout }: { layout: GridLayout }) {
  const [query, setQuery] = useState('')
  const { ordered, shown } = layout
  const found = ordered.filter((column) => column.name.toLowerCase().includes(query.toLowerCase()))
  const visible = new Set(shown.map((column) => column.id))
  const count = formatQuantity(ordered.length, 'column')
  const label = shown.length === ordered.length ? count : `${shown.length} of ${count}`
  return (
    <Popover
      title="Columns"
      align="end"
      trigger={
        <Button variant="ghost" small icon="columns">
          {label}
        </Button>
      }
    >
      <div className="columns-list">
        <SearchField label="Search columns" value={query} onValueChange={setQuery} />
        <ul>
          {found.slice(0, SHOWN).map((column) => (
            <ColumnLine
              key={column.id}
              column={column}
              layout={layout}
              checked={visible.has(column.id)}
              only={shown.length === 1}
            />
          ))}
        </ul>
        {found.length > SHOWN && <p className="small muted">The first {SHOWN}; search for the others.</p>}
        <Button small onClick={layout.reset}>
          As they come
        </Button>
      </div>
    </Popover>
  )
}

interface ColumnLineProps {
  column: PlacedColumn
  layout: GridLayout
  checked: boolean
  only: boolean
}

function ColumnLine({ column, layout, checked, only }: ColumnLineProps) {
  const place = layout.ordered.findIndex((other) => other.id === column.id)
  const last = layout.ordered.length - 1
  return (
    <li>
      <label className="option">
        <input
          type="checkbox"
          checked={checked}
          disabled={checked && only}
          onChange={(event) => layout.setHidden(column.id, !event.target.checked)}
        />
        <span className="mono">{column.name}</span>
      </label>
      <Button
        variant="ghost"
        small
        square
        icon="move-up"
        aria-label={`Move ${column.name} to the left`}
        disabledReason={place === 0 ? 'It is the first.' : null}
        onClick={() => layout.move(column.id, -1)}
      />
      <Button
        variant="ghost"
        small
        square
        icon="move-down"
        aria-label={`Move ${column.name} to the right`}
        disabledReason={place === last ? 'It is the last.' : null}
        onClick={() => layout.move(column.id, 1)}
      />
    </li>
  )
}
