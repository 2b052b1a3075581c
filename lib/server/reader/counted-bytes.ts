import 'server-only'

interface Stretch {
  start: number
  end: number
}

/** Which bytes of a file were counted: what a reading goes through once more must not count twice. */
export class CountedBytes {
  /** In order, and none of them touches another. */
  private readonly stretches: Stretch[] = []

  /** Counts the bytes from `start` up to `end`; gives how many of them were not counted before. */
  add(start: number, end: number): number {
    if (end <= start) return 0
    const { stretches } = this
    const last = stretches.at(-1)
    // The usual case: a file is read from its beginning to its end.
    if (last !== undefined && start === last.end) {
      last.end = end
      return end - start
    }
    const first = this.findFrom(start)
    const joined = { start, end }
    let again = 0
    let behind = first
    for (let one = stretches[behind]; one !== undefined && one.start <= end; one = stretches[++behind]) {
      again += Math.min(end, one.end) - Math.max(start, one.start)
      joined.start = Math.min(joined.start, one.start)
      joined.end = Math.max(joined.end, one.end)
    }
    stretches.splice(first, behind - first, joined)
    return end - start - again
  }

  /** The place of the first stretch that ends at `start` or behind it. */
  private findFrom(start: number): number {
    let [low, high] = [0, this.stretches.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.stretches[middle]?.end ?? 0) < start) low = middle + 1
      else high = middle
    }
    return low
  }
}
