'use client'

import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { WizardTabProps } from '../tab-props'
import type { KnownColumns } from './column-facts'
import { filterColumns, PAGE_ROWS, pageOf, pagesOf, placeColumns } from './column-places'
import { ColumnRow } from './column-row'

/** From here on a filter is quicker than looking. */
const SEARCH_FROM = 12

const HEADERS = ['Name', 'Storage type', 'Meaning', 'Max. length', 'Seen'] as const

interface ColumnTableProps extends Pick<WizardTabProps, 'state' | 'dispatch'> {
  known: KnownColumns | null
  mistaken: ReadonlySet<number>
  readOnly: string | null
  /** The column to go to, when it has just been asked for. */
  wanted: { index: number } | null
}

/** The columns of the schema, page by page where there are many. */
export function ColumnTable({ state, dispatch, known, mistaken, readOnly, wanted }: ColumnTableProps) {
  const { columns } = state.definition.schema
  const [contains, setContains] = useState('')
  const [page, setPage] = useState(0)
  const [said, setSaid] = useState('')
  const placed = useMemo(() => placeColumns(columns), [columns])
  const matching = useMemo(() => filterColumns(placed, contains), [placed, contains])
  const pages = pagesOf(matching.length)
  const at = Math.min(page, pages - 1)
  const rows = matching.slice(at * PAGE_ROWS, (at + 1) * PAGE_ROWS)
  const [gone, setGone] = useState(wanted)
  if (wanted !== gone) {
    setGone(wanted)
    setContains('')
    if (wanted) setPage(pageOf(wanted.index))
  }
  const { table, focusWhenDrawn } = useRowFocus(columns, wanted)
  const onMove = (index: number, to: number) => {
    const active = document.activeElement
    focusWhenDrawn(() => active instanceof HTMLElement && active.focus())
    setPage(pageOf(to))
    setSaid(
      `${columns[index]?.name ?? ''} is now column ${formatCount(to + 1)} of ${formatCount(columns.length)}.`,
    )
    dispatch({ step: 'move-column', index, to })
  }
  const onDrop = (index: number) => {
    focusWhenDrawn(() => nameField(table.current, Math.min(index, columns.length - 2))?.focus())
    setSaid(`${columns[index]?.name ?? ''} was dropped.`)
    dispatch({ step: 'drop-column', index })
  }
  return (
    <div className="stack gap-2">
      {columns.length > SEARCH_FROM && (
        <ColumnSearch
          value={contains}
          found={matching.length}
          of={columns.length}
          onValueChange={(next) => {
            setContains(next)
            setPage(0)
          }}
        />
      )}
      {rows.length === 0 && contains !== '' ? (
        <NoMatches what="columns" onClear={() => setContains('')} />
      ) : (
        <div ref={table} className="card schema-columns">
          <table className="table cards" aria-label="Columns">
            <Headers />
            <tbody>
              {rows.map(({ column, index, key }) => (
                <ColumnRow
                  key={key}
                  column={column}
                  index={index}
                  count={columns.length}
                  known={known}
                  isMistaken={mistaken.has(index)}
                  readOnly={readOnly}
                  unmovable={contains === '' ? null : 'Clear the search to move columns.'}
                  onChange={(place, next) => dispatch({ step: 'set-column', index: place, column: next })}
                  onMove={onMove}
                  onDrop={onDrop}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 && <Pages page={at} pages={pages} onPage={setPage} />}
      <p className="sr" role="status">
        {said}
      </p>
    </div>
  )
}

/** Brings the focus to a wanted column, and back where it was: a row that moves loses it, and a dropped one takes it along. */
function useRowFocus(columns: readonly unknown[], wanted: ColumnTableProps['wanted']) {
  const table = useRef<HTMLDivElement>(null)
  const focus = useRef<(() => void) | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows what was just drawn
  useLayoutEffect(() => {
    focus.current?.()
    focus.current = null
  }, [columns])
  useLayoutEffect(() => {
    if (wanted) nameField(table.current, wanted.index)?.focus()
  }, [wanted])
  const focusWhenDrawn = (move: () => void) => {
    focus.current = move
  }
  return { table, focusWhenDrawn }
}

interface ColumnSearchProps {
  value: string
  found: number
  of: number
  onValueChange: (value: string) => void
}

function ColumnSearch({ value, found, of, onValueChange }: ColumnSearchProps) {
  return (
    <div className="row wrap">
      <SearchField label="Search columns" value={value} onValueChange={onValueChange} />
      <span className="small muted" role="status">
        {value === ''
          ? formatQuantity(of, 'column')
          : `${formatCount(found)} of ${formatQuantity(of, 'column')}`}
      </span>
    </div>
  )
}

function Headers() {
  return (
    <thead>
      <tr>
        {HEADERS.map((header) => (
          <th key={header} scope="col">
            {header}
          </th>
        ))}
        <th scope="col">
          <span className="sr">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

const nameField = (within: HTMLElement | null, index: number) =>
  within?.querySelector<HTMLInputElement>(`tr[data-column="${index}"] .head .input`)

function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <nav className="row" aria-label="Pages of columns">
      <Button
        small
        icon="left"
        disabledReason={page === 0 ? 'This is the first page.' : null}
        onClick={() => onPage(page - 1)}
      >
        Previous
      </Button>
      <span className="small">
        Page {formatCount(page + 1)} of {formatCount(pages)}
      </span>
      <Button
        small
        icon="right"
        disabledReason={page === pages - 1 ? 'This is the last page.' : null}
        onClick={() => onPage(page + 1)}
      >
        Next page
      </Button>
    </nav>
  )
}
