import type { Dimension } from '../dimensions'
import { PERIODS } from '../periods'

/** A partitioning proposed from real paths. */
export interface Suggestion {
  filePathPattern: string
  dimensions: Dimension[]
  /** How many of the paths that were looked at it matches. */
  matched: number
  /** How many were looked at: all of them, or a sample of 2,000. */
  total: number
  /** The same number for the same layout by different periods. */
  layout: number
  /** What tells the day from the month, where the paths have dates with the year at their end. */
  told?: string
}

/** Whether the best of some suggestions is by day, or finer. */
export const hasDays = ([best]: readonly Suggestion[]): boolean =>
  best?.dimensions.some((one) => one.type === 'time' && PERIODS.indexOf(one.params.period) >= DAY) ?? false

const DAY = PERIODS.indexOf('DAY')
