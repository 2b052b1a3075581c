import { someOf } from './proposal'

/** In what the names of the columns differ from file to file; empty where they do not. */
export function describeNames(headers: readonly (readonly string[])[], noun = 'file'): string[] {
  if (headers.length < 2) return []
  const counts = new Map<string, number>()
  for (const header of headers)
    for (const name of new Set(header)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const partial = [...counts].flatMap(([name, count]) => (count < headers.length ? [name] : []))
  if (partial.length > 0) {
    const are = partial.length === 1 ? 'is' : 'are'
    return [`Not all ${noun}s have the same columns: ${someOf(partial)} ${are} in some of them only.`]
  }
  const orders = new Set(headers.map((header) => header.join('\u0000')))
  return orders.size > 1
    ? [`The columns stand in another order in some ${noun}s; they are found by their names.`]
    : []
}
