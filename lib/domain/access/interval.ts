/** A right's life: from the instant it was given until the instant it ended, `[from, until)`. */
export interface Interval {
  from: Date
  until: Date | null
}

/** True while the right is in force at `at`. */
export const isCurrent = (interval: Interval, at: Date): boolean =>
  interval.from <= at && (interval.until === null || at < interval.until)
