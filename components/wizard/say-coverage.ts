import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Suggestion } from '#lib/domain/partitioning/suggest/suggestion'

/** What a listing counted of a pattern. */
export interface Counted {
  filePathPattern: string
  matched: number
  unmatched: number
  /** `"file"`. */
  what: string
}

/** `"matches 25 of 25 example paths"`; of all files, where a listing counted them by this pattern. */
export function sayCoverage(
  { filePathPattern, matched, total }: Pick<Suggestion, 'filePathPattern' | 'matched' | 'total'>,
  counted: Counted | null,
): string {
  const [of, all, what] =
    counted?.filePathPattern === filePathPattern
      ? [counted.matched, counted.matched + counted.unmatched, counted.what]
      : [matched, total, 'example path']
  return `matches ${formatCount(of)} of ${formatQuantity(all, what)}`
}
