/** Inclusive ranges of code points, ascending, neither touching nor overlapping. */
export type Ranges = readonly (readonly [number, number])[]

const LAST = 0x10ffff

export const ANY: Ranges = [[0, LAST]]
export const DIGITS: Ranges = [[0x30, 0x39]]
export const WORD: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
/** What `\s` stands for in RE2: tab, line feed, form feed, carriage return, space. */
export const SPACE: Ranges = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
]

/** The ranges sorted and merged. */
export function normalizeRanges(ranges: Ranges): Ranges {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** Every code point that is not in the (normalized) ranges. */
export function complement(ranges: Ranges): Ranges {
  const result: [number, number][] = []
  let next = 0
  for (const [from, to] of ranges) {
    if (from > next) result.push([next, from - 1])
    next = to + 1
  }
  if (next <= LAST) result.push([next, LAST])
  return result
}

/** Whether the set holds the code point. */
export function contains(ranges: Ranges, codePoint: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.[1] ?? LAST) < codePoint) low = middle + 1
    else high = middle
  }
  return (ranges[low]?.[0] ?? Number.POSITIVE_INFINITY) <= codePoint
}

/** The set as a character class in RE2 syntax: `[\x{30}-\x{39}]`. */
export function toClassSource(ranges: Ranges): string {
  return ranges.map(([from, to]) => `${codePoint(from)}-${codePoint(to)}`).join('')
}

const codePoint = (value: number) => `\\x{${value.toString(16)}}`
