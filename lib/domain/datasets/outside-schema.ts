import * as z from 'zod'
import { formatQuantity } from '../format'
import type { SchemaColumn } from './definition'
import { sourceOf } from './schema-diff'
import { widen } from './storage-types'

/** Columns that the files have and the schema does not, with what they hold: what would otherwise be missing silently. */
export const columnsOutside = z.object({
  /** Those with most values first; of very many the first ones. */
  columns: z.array(z.object({ name: z.string(), type: z.string(), values: z.int() })),
  /** Columns that are not listed. */
  more: z.int(),
  /** Values that are neither null nor empty, of all of them. */
  values: z.int(),
})
export type ColumnsOutside = z.infer<typeof columnsOutside>

export const NOTHING_OUTSIDE: ColumnsOutside = { columns: [], more: 0, values: 0 }

/** As many as are listed: a page offers to add them. */
const MOST_LISTED = 1_000

/** Gives the columns of a file that a schema does not hold; of a name that stands there twice the later one, as it is read. */
export function columnsNotIn<Found extends { readonly name: string }>(
  schema: readonly SchemaColumn[],
  found: readonly Found[],
): { place: number; column: Found }[] {
  const sources = new Set(schema.map(sourceOf))
  const last = new Map(found.map((column, place) => [column.name, { place, column }]))
  return [...last.values()].filter(({ column }) => !sources.has(column.name))
}

/**
 * Counts values in columns that a schema does not hold. Files are read several at once, so what is told does not depend on
 * which value comes first: a column whose files differ has the type that holds all, and of as many values names decide.
 */
export class OutsideTally {
  private readonly counts = new Map<string, { type: string; values: number }>()

  add({ name, type }: { readonly name: string; readonly type: string }): void {
    const known = this.counts.get(name)
    if (known) {
      known.values++
      known.type = widen(known.type, type)
    } else this.counts.set(name, { type, values: 1 })
  }

  /** What was counted, with so many columns listed at most. */
  report(mostListed = MOST_LISTED): ColumnsOutside {
    const columns = [...this.counts].map(([name, counted]) => ({ name, ...counted }))
    columns.sort((a, b) => b.values - a.values || (a.name < b.name ? -1 : 1))
    return {
      columns: columns.slice(0, mostListed),
      more: Math.max(0, columns.length - mostListed),
      values: columns.reduce((sum, { values }) => sum + values, 0),
    }
  }
}

/** What of it a schema still lacks, once columns were added. */
export function stillOutside(schema: readonly SchemaColumn[], outside: ColumnsOutside): ColumnsOutside {
  const columns = columnsNotIn(schema, outside.columns).map(({ column }) => column)
  const lost = outside.columns.filter((column) => !columns.includes(column))
  return { ...outside, columns, values: lost.reduce((left, { values }) => left - values, outside.values) }
}

/** `"75 values stand in 3 columns that are not in the schema: a, b, c"`; null where there are none. */
export function sayOutside({ columns, more, values }: ColumnsOutside): string | null {
  const count = columns.length + more
  if (count === 0) return null
  const named = columns.slice(0, MOST_NAMED).map(({ name }) => (name === '' ? '(no name)' : name))
  const others = count - named.length
  const and = others > 0 ? ` and ${formatQuantity(others, 'other')}` : ''
  return `${formatQuantity(values, 'value stands', 'values stand')} in ${formatQuantity(count, 'column')} that ${count === 1 ? 'is' : 'are'} not in the schema: ${named.join(', ')}${and}`
}

const MOST_NAMED = 3
