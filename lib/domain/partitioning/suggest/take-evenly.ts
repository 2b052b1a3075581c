/** The share of a step by which places in it move on: by this, they fall in with nothing that recurs. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * At most so many of the items, one of each stretch of equal length. Where in its stretch differs, so that of hours that
 * recur every 24 items not always the same is taken; the same items give the same sample.
 */
export function takeEvenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items
  const begin = (stretch: number) => Math.floor((stretch * items.length) / most)
  return Array.from({ length: most }, (_, at) => {
    const length = begin(at + 1) - begin(at)
    return items[begin(at) + Math.floor(((at * GOLDEN) % 1) * length)] as T
  })
}
