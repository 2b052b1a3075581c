import type { CalendarValue } from '#components/partitions/partition-calendar'
import { type Dimension, findTimeDimension } from '#lib/domain/partitioning/dimensions'
import type { PartitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'
import { isStillFilling } from '#lib/domain/partitioning/periods'

/**
 * Lines partitions up for the calendar: a row per combination of the discrete values (`""` without any), a cell per
 * period. Null without a time dimension.
 */
export function toCalendarValues(
  partitions: readonly PartitionTotalsWire[],
  dimensions: readonly Dimension[],
  nowMs: number,
): CalendarValue[] | null {
  const time = findTimeDimension(dimensions)
  if (!time) return null
  const at = dimensions.indexOf(time)
  const rows = new Map<string, CalendarValue['cells'][number][]>()
  for (const { id, files, sizeBytes } of partitions) {
    const values = id.split('|')
    const period = values[at] ?? ''
    const value = values.filter((_, index) => index !== at).join('|')
    const filling = isStillFilling(period, time.params.period, nowMs)
    const state = filling ? 'filling' : sizeBytes === 0 ? 'empty' : 'full'
    const cells = rows.get(value) ?? []
    cells.push({ period, files, bytes: sizeBytes, state })
    rows.set(value, cells)
  }
  return [...rows].map(([value, cells]) => ({ value, cells })).sort((a, b) => (a.value < b.value ? -1 : 1))
}

/** The id of the partition that a cell of the calendar stands for. */
export function idOfCell(dimensions: readonly Dimension[], value: string, period: string): string {
  const time = findTimeDimension(dimensions)
  const values = dimensions.length > 1 ? value.split('|') : []
  if (time) values.splice(dimensions.indexOf(time), 0, period)
  return values.join('|')
}
