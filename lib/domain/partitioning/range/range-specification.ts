import type { Period } from '../periods'

/** The units of `-7d`: hours, days, weeks, months, years. */
export type RelativeUnit = 'h' | 'd' | 'w' | 'm' | 'y'

/** A moment in a specification, which stands for the period or periods that it falls in. */
export type TimePoint =
  | { kind: 'period'; ordinal: number }
  | { kind: 'keyword'; which: 'CURRENT' | 'PREVIOUS'; unit: Period }
  | { kind: 'now' }
  | { kind: 'relative'; amount: number; unit: RelativeUnit }

/** What is asked of one dimension. */
export type RangePart =
  | { kind: 'any' }
  | { kind: 'latest'; count: number }
  | { kind: 'values'; values: readonly string[] }
  | { kind: 'period-range'; from: TimePoint; to: TimePoint }

/** One argument of the comma list. `source` is its text, which may also be an existing id as it stands. */
export type RangeItem =
  | { kind: 'whole'; source: string }
  | { kind: 'exact'; source: string }
  | { kind: 'parts'; source: string; parts: readonly RangePart[] }

/** Which partitions someone asks for: the union of the items. */
export interface RangeSpecification {
  readonly text: string
  readonly items: readonly RangeItem[]
}
