/** Times `work` so often and gives the sorted durations in milliseconds. */
export async function time(count: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (let round = 0; round < count; round++) {
    const startedAt = performance.now()
    await work(round)
    took.push(performance.now() - startedAt)
  }
  return took.sort((a, b) => a - b)
}

/** The value below which the share `of` of sorted durations lies: `percentile(took, 0.95)`. */
export const percentile = (sorted: readonly number[], of: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN

export const median = (sorted: readonly number[]): number => percentile(sorted, 0.5)

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const seconds = (valueMs: number): string => `${(valueMs / 1000).toFixed(1)} s`
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

/** The largest resident set of this process while `work` runs, in bytes, sampled every 50 ms. */
export async function peakMemory(work: () => Promise<unknown>): Promise<number> {
  ;(globalThis as { gc?: () => void }).gc?.()
  let peak = process.memoryUsage.rss()
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return Math.max(peak, process.memoryUsage.rss())
}
