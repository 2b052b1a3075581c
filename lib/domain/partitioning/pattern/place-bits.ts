export const EVERY_BIT = -1

/** The places of a word, and up to `most` after each of them. */
export function spread(places: number, most: number): number {
  let found = places
  for (let left = most, step = 1; left > 0 && step < 32; left -= step, step *= 2)
    found |= found << Math.min(step, left)
  return found
}

/** The places of a word, and those that characters of a set lead to from them. */
export function goThrough(places: number, taken: number): number {
  return (((places & taken) + taken) ^ taken) | places
}

/** The lowest bits, as many as `count`, which may be none or more than there are. */
export function bitsBelow(count: number): number {
  if (count <= 0) return 0
  return count >= 32 ? EVERY_BIT : (1 << count) - 1
}

/** How many of the lowest bits are set, up to the first that is not. */
export function countLowBits(bits: number): number {
  return bits === EVERY_BIT ? 32 : 31 - Math.clz32(~bits & -~bits)
}
