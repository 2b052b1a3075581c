import { ownText } from '#lib/domain/formats/own-text'
import { isRealDate } from '../periods'
import type { DateSpan } from './date-span'

/** Reads the identifier of a time partition from captured digits. */
export interface DateReader {
  /** `"2026-11-22"` of the digits at the first slots of `offsets`; null for a date that does not exist. */
  read(path: string, offsets: Int32Array): string | null
}

/** Enough for 20 years by day; a fixed bound, so that paths made up by someone cannot fill the memory. */
const MAX_KEPT = 8192

/** A reader of the first `slots` of Y, M, D, H. It keeps what it made, since the same dates come again and again. */
export function createDateReader(slots: number): DateReader {
  const kept = new Map<number, string | null>()
  return {
    read(path, offsets) {
      let digits = 0
      for (let slot = 0; slot < slots; slot++) {
        const end = offsets[2 * slot + 1] as number
        for (let at = offsets[2 * slot] as number; at < end; at++)
          digits = digits * 10 + path.charCodeAt(at) - 0x30
      }
      const known = kept.get(digits)
      if (known !== undefined) return known
      const date = makeDate(String(digits).padStart(2 + 2 * slots, '0'))
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(digits, date)
      return date
    },
  }
}

/** Reads the identifier of a time partition from a date's text, such as `2026/11/22`; null for one that does not exist. */
export function createSpanReader(): (text: string, fields: DateSpan['fields']) => string | null {
  const kept = new Map<string, string | null>()
  return (text, fields) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const date = makeDate(fields.map(([from, to]) => text.slice(from, to)).join(''))
    if (kept.size >= MAX_KEPT) kept.clear()
    // Cut from a path, it would keep the path.
    kept.set(ownText(text), date)
    return date
  }
}

function makeDate(digits: string): string | null {
  const [year, month = '01', day = '01', hour = '00'] = [
    digits.slice(0, 4),
    ...(digits.slice(4).match(/../g) ?? []),
  ]
  if (!isRealDate(Number(year), Number(month), Number(day), Number(hour))) return null
  return [year, ...(digits.slice(4).match(/../g) ?? [])].join('-')
}
