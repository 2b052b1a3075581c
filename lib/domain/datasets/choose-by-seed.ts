/**
 * A number from 0 up to 1 that a seed and a text decide alone: evenly spread over texts, another one for each seed.
 * @example fractionOf(42, '/a.gz') === fractionOf(42, '/a.gz') // true
 */
export function fractionOf(seed: number, text: string): number {
  let high = 0x811c9dc5 ^ seed
  let low = 0x2545f491 ^ Math.imul(seed, 0x9e3779b1)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x85ebca6b)
    low = (low << 13) | (low >>> 19)
  }
  return (mixed(high ^ low) * 2 ** 21 + (mixed(low + high) >>> 11)) / 2 ** 53
}

/** Lets every bit of a number decide about every bit of the result. */
function mixed(value: number): number {
  let bits = value ^ (value >>> 16)
  bits = Math.imul(bits, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/**
 * Chooses some of many at random, as the seed decides: the same of the same, in whatever order they come. The chosen
 * ones stand in an order that is random as well.
 */
export function chooseBySeed<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  { seed, most }: { seed: number; most: number },
): T[] {
  return items
    .map((item) => ({ item, text: textOf(item), place: fractionOf(seed, textOf(item)) }))
    .sort((a, b) => a.place - b.place || (a.text < b.text ? -1 : 1))
    .slice(0, most)
    .map(({ item }) => item)
}
