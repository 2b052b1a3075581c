/** A delivered batch: how long its oldest event waited, and how many events it holds. */
export interface BatchLag {
  lagMs: number
  events: number
}

/**
 * The lag that the given share of events did not exceed, each event counted with the lag of its batch; null without any.
 * @example lagQuantileMs([{ lagMs: 1000, events: 99 }, { lagMs: 9000, events: 1 }], 0.99) // 1000
 */
export function lagQuantileMs(batches: readonly BatchLag[], share: number): number | null {
  const sorted = [...batches].sort((a, b) => a.lagMs - b.lagMs)
  const total = sorted.reduce((sum, { events }) => sum + events, 0)
  let seen = 0
  for (const { lagMs, events } of sorted) {
    seen += events
    if (seen >= total * share) return lagMs
  }
  return null
}
