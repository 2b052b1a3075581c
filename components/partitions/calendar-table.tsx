'use client'

import { useState } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { Checkbox } from '#components/ui/option'
import { useShowMore } from '#components/ui/show-more'
import { Status, type StatusKind } from '#components/ui/status'
import { type Column, Table } from '#components/ui/table'
import { formatBytes, formatCount } from '#lib/domain/format'
import type { CalendarViewProps } from './calendar-grid'
import { type CalendarCell, type CellState, isConspicuous, OUTLIER_LABELS } from './calendar-model'

const STATE: Record<CellState, [StatusKind, string]> = {
  full: ['ok', 'complete'],
  filling: ['busy', 'still filling'],
  empty: ['off', 'empty'],
  missing: ['none', 'missing'],
  failed: ['bad', 'unreadable'],
}

type Line = CalendarCell & { value: string }

/** The facts of the calendar as rows, newest first. */
export function CalendarTable({
  label,
  rows,
  onOpen,
  valueLabel,
}: CalendarViewProps & { valueLabel: string }) {
  const [onlyConspicuous, setOnlyConspicuous] = useState(false)
  const lines = rows.flatMap((row) => row.cells.map((cell): Line => ({ ...cell, value: row.value })))
  lines.sort((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : 0))
  const conspicuous = lines.filter(isConspicuous)
  const { shown, more } = useShowMore(onlyConspicuous ? conspicuous : lines)
  const columns: Column<Line>[] = [
    {
      id: 'period',
      header: 'Period',
      look: 'mono',
      card: 'head',
      cell: (line) => <LinkButton onClick={() => onOpen(line.value, line.period)}>{line.period}</LinkButton>,
    },
    ...(valueLabel !== ''
      ? [{ id: 'value', header: valueLabel, look: 'mono' as const, cell: (line: Line) => line.value }]
      : []),
    { id: 'files', header: 'Files', look: 'num', cell: (line) => formatCount(line.files) },
    { id: 'size', header: 'Size', look: 'num', cell: (line) => formatBytes(line.bytes) },
    {
      id: 'state',
      header: 'State',
      cell: (line) =>
        line.outlier ? (
          <Status kind="warn">{OUTLIER_LABELS[line.outlier]}</Status>
        ) : (
          <Status kind={STATE[line.state][0]}>{STATE[line.state][1]}</Status>
        ),
    },
  ]
  return (
    <div className="stack">
      {(conspicuous.length > 0 || onlyConspicuous) && (
        <Checkbox
          label={`Only gaps and what is unlike the usual: ${formatCount(conspicuous.length)} of ${formatCount(lines.length)}`}
          checked={onlyConspicuous}
          onCheckedChange={setOnlyConspicuous}
        />
      )}
      <Table label={label} columns={columns} rows={shown} rowKey={(line) => `${line.value}|${line.period}`} />
      {more}
    </div>
  )
}
