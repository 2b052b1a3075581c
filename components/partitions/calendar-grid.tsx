// biome-ignore-all lint/a11y/useSemanticElements: rows share the columns of one CSS grid, which a table cannot mix with free cells
// biome-ignore-all lint/a11y/useFocusableInteractive: each cell holds a button, which has the focus

'use client'

import { useLayoutEffect } from 'react'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import { cellClass } from './calendar-cell'
import { type Calendar, type CalendarRange, type CalendarRow, inRange, sayCell } from './calendar-model'
import { placeTicks } from './calendar-periods'
import { useCalendarCursor } from './use-calendar-cursor'

export interface CalendarViewProps {
  label: string
  calendar: Calendar
  rows: readonly CalendarRow[]
  range: CalendarRange | null
  onRangeChange: (range: CalendarRange | null) => void
  onOpen: (value: string, period: string) => void
}

/** A row per value, a 14 px cell per period. */
export function CalendarGrid({ label, calendar, rows, range, onRangeChange, onOpen }: CalendarViewProps) {
  const { area, current, onKeyDown, onChoose } = useCalendarCursor({
    rows,
    range,
    onRangeChange,
    onOpen,
    below: (at, by) => ({ ...at, row: at.row + by }),
  })
  const newest = calendar.periods.at(-1)
  // What is newest stands at the end, and is what people come for.
  useLayoutEffect(() => {
    if (newest !== undefined) area.current?.scrollTo({ left: area.current.scrollWidth })
  }, [area, newest])
  return (
    <div className="cal" role="grid" aria-label={label} aria-readonly="true" ref={area} onKeyDown={onKeyDown}>
      <Ticks calendar={calendar} />
      {rows.map((row, rowAt) => (
        <div key={row.value} className="cal-row" role="row">
          <span className="val" role="rowheader" aria-label={row.value || 'All'}>
            <ValueName value={row.value || 'All'} />
          </span>
          <span className="cells" role="presentation">
            {row.cells.map((cell, cellAt) => {
              const said = sayCell(row.value, cell)
              const chosen = inRange(range, row.value, cell.period)
              const focusable = rowAt === current.row && cellAt === current.cell
              return (
                <span key={cell.period} role="gridcell" aria-selected={chosen || undefined}>
                  <button
                    type="button"
                    className={cellClass(cell, calendar.scale, chosen)}
                    tabIndex={focusable ? 0 : -1}
                    aria-label={said}
                    data-say={said}
                    data-place={`${rowAt} ${cellAt}`}
                    onClick={(event) => onChoose(event, { row: rowAt, cell: cellAt })}
                  />
                </span>
              )
            })}
          </span>
          <span className="sum" role="gridcell">
            <span className="sr">{formatQuantity(row.files, 'file')}, </span>
            <span aria-hidden="true">{formatCount(row.files)} · </span>
            {formatBytes(row.bytes)}
          </span>
        </div>
      ))}
    </div>
  )
}

function Ticks({ calendar: { periods, kind } }: { calendar: Calendar }) {
  const texts = new Map(placeTicks(periods, kind).map((tick) => [tick.index, tick.text]))
  return (
    <>
      <div className="ticks" aria-hidden="true">
        {periods.map((period, index) => (
          <span key={period}>{texts.get(index)}</span>
        ))}
      </div>
      <span className="sum head" aria-hidden="true">
        files · size
      </span>
    </>
  )
}

/** Of long values the end stays as well: it is what tells many apart. */
const LONG_CHARS = 24
const TAIL_CHARS = 12

/** The value of a row, whole where it is short; a long one is cut in its middle, so that its days stay in sight. */
function ValueName({ value }: { value: string }) {
  if (value.length <= LONG_CHARS) return value
  return (
    <span className="mid" title={value}>
      <span>{value.slice(0, -TAIL_CHARS)}</span>
      <span>{value.slice(-TAIL_CHARS)}</span>
    </span>
  )
}
