import type { Dimension } from '../dimensions'
import { findTimeDimension } from '../dimensions'
import { WHOLE } from '../partition-id'
import { formatPeriod, type Period } from '../periods'
import type { RangeItem, RangePart, RangeSpecification, TimePoint } from './range-specification'

/** Writes a specification so that reading it gives the same items again: `design/automation|2026-11-01/2026-11-30`. */
export function formatRangeSpecification(
  { items }: RangeSpecification,
  dimensions: readonly Dimension[],
): string {
  const period = findTimeDimension(dimensions)?.params.period ?? 'DAY'
  return items.map((item) => formatItem(item, dimensions, period)).join(',')
}

/** Writes an existing id as an argument that can only be read as that id: `a,b|2026-11-22` becomes `a\,b|2026-11-22`. */
export function formatIdAsSpecification(id: string, dimensions: readonly Dimension[]): string {
  if (dimensions.length === 0) return id
  const values = id.split('|')
  return values
    .map((value, index) => escapeValue(value, values.length === 1, dimensions[index]?.type === 'time'))
    .join('|')
}

function formatItem(item: RangeItem, dimensions: readonly Dimension[], period: Period): string {
  switch (item.kind) {
    case 'whole':
      return WHOLE
    case 'exact':
      return formatIdAsSpecification(item.source, dimensions)
    case 'parts':
      return item.parts.map((part) => formatPart(part, item.parts.length === 1, period)).join('|')
  }
}

function formatPart(part: RangePart, alone: boolean, period: Period): string {
  switch (part.kind) {
    case 'any':
      return '*'
    case 'latest':
      return `LATEST(${part.count})`
    case 'values':
      return part.values.map((value) => escapeValue(value, alone, false)).join('/')
    case 'period-range': {
      const from = formatPoint(part.from, period)
      const to = formatPoint(part.to, period)
      return from === to ? from : `${from}/${to}`
    }
  }
}

function formatPoint(point: TimePoint, period: Period): string {
  switch (point.kind) {
    case 'period':
      return formatPeriod(point.ordinal, period)
    case 'keyword':
      return `${point.which}_${point.unit}`
    case 'now':
      return 'now'
    case 'relative':
      return `-${point.amount}${point.unit}`
  }
}

/** Escapes separators, outer blanks, and the first character of a value that would be read as a keyword. */
function escapeValue(value: string, alone: boolean, isTime: boolean): string {
  const escaped = value.replace(/[\\|,/]/g, '\\$&').replace(/^\s|\s$/g, '\\$&')
  const isKeyword = !isTime && (value === '*' || /^LATEST\(.*\)$/.test(value) || (alone && value === WHOLE))
  return isKeyword ? `\\${escaped}` : escaped
}
