'use client'

import { type ReactNode, useMemo, useState } from 'react'
import { SearchField } from '#components/ui/search-field'
import { Segmented } from '#components/ui/segmented'
import { Time } from '#components/ui/time'
import { formatCount } from '#lib/domain/format'
import { CalendarFold } from './calendar-fold'
import { CalendarGrid, type CalendarViewProps } from './calendar-grid'
import { CalendarLegend } from './calendar-legend'
import {
  type CalendarRange,
  type CalendarRow,
  type CalendarValue,
  MOST_VALUES,
  openCalendar,
} from './calendar-model'
import { FOLD_FROM, type PeriodKind } from './calendar-periods'
import { CalendarTable } from './calendar-table'
import { CalendarTip } from './calendar-tip'

export type { CalendarRange, CalendarValue } from './calendar-model'
export type { PeriodKind } from './calendar-periods'

export interface PartitionCalendarProps {
  values: readonly CalendarValue[]
  period: PeriodKind
  /** What the values are: `"node_type"`. */
  valueLabel: string
  /** The chosen periods of one value. */
  range?: CalendarRange | null
  onRangeChange?: (range: CalendarRange | null) => void
  /** Enter or a click: its files. */
  onOpen: (value: string, period: string) => void
  /** When the storage was listed. */
  listedAt?: string | undefined
  /** Left of the switch: a heading, or the button that lists. */
  lead?: ReactNode
  /** The pattern changed since: shown at 60 %. */
  stale?: boolean
}

type View = 'calendar' | 'table'

/** What is there by value and period: a calendar, or the same facts as a table. */
export function PartitionCalendar(props: PartitionCalendarProps) {
  const { values, period, valueLabel, range = null, onRangeChange, onOpen, stale } = props
  const [view, setView] = useState<View>('calendar')
  const [query, setQuery] = useState('')
  const find = useMemo(() => openCalendar(values, period), [values, period])
  const calendar = useMemo(() => find(query), [find, query])
  const { rows: shown, matching } = calendar
  const shared: CalendarViewProps = {
    label: `Partitions by ${valueLabel && `${valueLabel} and `}${period.toLowerCase()}`,
    calendar,
    rows: shown,
    range,
    onRangeChange: (next) => onRangeChange?.(next),
    onOpen,
  }
  return (
    <div className="stack cal-view">
      <div className="row wrap">
        {props.lead}
        {props.listedAt && (
          <span className="small muted">
            Listed <Time at={props.listedAt} as="clock" />
          </span>
        )}
        <Segmented label="View" className="end" value={view} onValueChange={setView} choices={VIEWS} />
      </div>
      {values.length > MOST_VALUES && (
        <div className="row wrap">
          <SearchField label={`Search ${valueLabel}`} value={query} onValueChange={setQuery} />
          <span className="small muted" role="status">
            {matching > shown.length
              ? `The ${MOST_VALUES} largest of ${formatCount(matching)}`
              : formatCount(matching)}{' '}
            values
          </span>
        </div>
      )}
      <div className={stale ? 'stale' : undefined}>
        {view === 'table' ? (
          <CalendarTable {...shared} valueLabel={valueLabel} />
        ) : (
          <Drawing {...shared} valueLabel={valueLabel} />
        )}
      </div>
      {view === 'calendar' && <CalendarLegend scale={calendar.scale} outliers={outliersOf(shown)} />}
    </div>
  )
}

/** The kinds of outliers there are, to be explained. */
const outliersOf = (rows: readonly CalendarRow[]) =>
  (['larger', 'smaller'] as const).filter((kind) =>
    rows.some((row) => row.cells.some(({ outlier }) => outlier === kind)),
  )

const VIEWS = [
  { value: 'calendar', label: 'Calendar' },
  { value: 'table', label: 'Table' },
] as const

function Drawing(props: CalendarViewProps & { valueLabel: string }) {
  if (props.calendar.periods.length >= FOLD_FROM) {
    return (
      <CalendarTip>
        <CalendarFold {...props} />
      </CalendarTip>
    )
  }
  return (
    <CalendarTip>
      <div className="only-l">
        <CalendarGrid {...props} />
      </div>
      <div className="only-s">
        <CalendarFold {...props} />
      </div>
    </CalendarTip>
  )
}
