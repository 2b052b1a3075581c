/**
 * Picks the first, the last and others evenly between.
 * @example pickEvenly(['a', 'b', 'c', 'd', 'e'], 3) // ['a', 'c', 'e']
 */
export function pickEvenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  if (most <= 1) return items.slice(-Math.max(0, most))
  const step = (items.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, index) => items[Math.round(index * step)] as T)
}
