'use client'

import { useState } from 'react'
import { Select } from '#components/ui/select'
import { useShowMore } from '#components/ui/show-more'
import { cellClass } from './calendar-cell'
import type { CalendarViewProps } from './calendar-grid'
import { type CalendarRow, inRange, sayCell, sayRow } from './calendar-model'
import { FOLD_COLUMNS, type FoldBlock, foldPeriods, foldText } from './calendar-periods'
import { useCalendarCursor } from './use-calendar-cursor'

/** Two years of months, or as many days of hours: what came before is shown when asked for. */
const MOST_BLOCKS = 24
const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

interface CalendarFoldProps extends CalendarViewProps {
  /** What the values are: `"node_type"`. */
  valueLabel: string
}

/** One value at a time, a row per week: for small screens, and from 92 periods on. */
export function CalendarFold(props: CalendarFoldProps) {
  const [wanted, setWanted] = useState<string | null>(null)
  const row = props.rows.find((one) => one.value === wanted) ?? props.rows[0]
  if (!row) return null
  return (
    <div className="stack cal-one">
      {props.rows.length > 1 && (
        <Select
          mono
          aria-label={props.valueLabel}
          value={row.value}
          onValueChange={setWanted}
          choices={props.rows.map((one) => ({
            value: one.value,
            label: sayRow(one),
          }))}
        />
      )}
      <FoldedRow {...props} row={row} />
    </div>
  )
}

function FoldedRow({ row, ...props }: CalendarFoldProps & { row: CalendarRow }) {
  const { calendar, range, onRangeChange, onOpen } = props
  const columns = FOLD_COLUMNS[calendar.kind]
  const blocks = foldPeriods(calendar.periods, calendar.kind)
  const { shown, more } = useShowMore(blocks.toReversed(), MOST_BLOCKS)
  const { area, current, onKeyDown, onChoose } = useCalendarCursor({
    rows: [row],
    first: shown.at(-1)?.start ?? 0,
    range,
    onRangeChange,
    onOpen,
    below: (at, by) => ({ ...at, cell: at.cell + by * columns }),
  })
  const renderDay = (index: number, titled: boolean) => {
    const cell = row.cells[index]
    if (!cell) return null
    const said = sayCell(row.value, cell)
    const chosen = inRange(range, row.value, cell.period)
    return (
      <button
        key={cell.period}
        type="button"
        className={chosen ? 'day range' : 'day'}
        tabIndex={index === current.cell ? 0 : -1}
        aria-label={said}
        aria-pressed={chosen || undefined}
        data-say={said}
        data-place={`0 ${index}`}
        onClick={(event) => onChoose(event, { row: 0, cell: index })}
      >
        {foldText(cell.period, calendar.kind, titled)}
        <span className={cellClass(cell, calendar.scale, false)} />
      </button>
    )
  }
  return (
    <>
      <section
        className={blocks.length > 1 ? 'cal-months' : undefined}
        aria-label={row.value ? `${row.value}, ${props.label}` : props.label}
        ref={area}
        onKeyDown={onKeyDown}
      >
        {shown.map((block) => (
          <Block key={block.start} block={block} weekdays={calendar.kind === 'DAY'} columns={columns}>
            {block.periods.map((_, at) => renderDay(block.start + at, block.title !== null))}
          </Block>
        ))}
      </section>
      {more}
    </>
  )
}

interface BlockProps {
  block: FoldBlock
  weekdays: boolean
  columns: number
  children: React.ReactNode
}

function Block({ block, weekdays, columns, children }: BlockProps) {
  return (
    <div>
      {block.title && <h3>{block.title}</h3>}
      <div className="cal-fold" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {weekdays &&
          WEEKDAYS.map((day) => (
            <span key={day} className="wd" aria-hidden="true">
              {day}
            </span>
          ))}
        {block.lead > 0 && <span style={{ gridColumn: `span ${block.lead}` }} />}
        {children}
      </div>
    </div>
  )
}
