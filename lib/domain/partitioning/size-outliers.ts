/** How a size is unlike the usual ones. */
export type SizeOutlier = 'larger' | 'smaller'

/** Fewer sizes say nothing about what is usual. */
const LEAST_SIZES = 8
/** Makes the median deviation comparable to a standard deviation. */
const DEVIATION_SCALE = 1.4826
/** As many deviations from the median as are far. */
const FAR = 3.5
/** Nobody is to be told of less than this factor, however even the sizes are otherwise. */
const LEAST_FACTOR = 4

/**
 * Which of these sizes in bytes are far from the usual: their logarithms, compared with median and median deviation,
 * which a few extremes do not move. All null with fewer than 8 sizes; a size of 0 is counted as none.
 */
export function findSizeOutliers(sizes: readonly number[]): (SizeOutlier | null)[] {
  const logs = sizes.filter((size) => size > 0).map(Math.log)
  if (logs.length < LEAST_SIZES) return sizes.map(() => null)
  const middle = median(logs)
  const deviation = DEVIATION_SCALE * median(logs.map((log) => Math.abs(log - middle)))
  const far = Math.max(FAR * deviation, Math.log(LEAST_FACTOR))
  return sizes.map((size) => {
    const distance = size > 0 ? Math.log(size) - middle : 0
    if (Math.abs(distance) <= far) return null
    return distance > 0 ? 'larger' : 'smaller'
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2
}
