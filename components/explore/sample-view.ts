import type { Sample } from '#lib/domain/datasets/sample-wire'

export type SortDirection = 'ascending' | 'descending'

/** How the rows of a sample are shown: those that hold a text, in the order of a column. */
export interface SampleView {
  contains: string
  /** The name of a column; null searches all of them. */
  within: string | null
  sort: { column: string; direction: SortDirection } | null
}

export const AS_READ: SampleView = { contains: '', within: null, sort: null }

type Rows = Pick<Sample, 'columns' | 'rows'>

/** The places of the rows that a view shows, in its order. Case does not matter; empty values come last. */
export function arrange(sample: Rows, view: SampleView): number[] {
  const places = filterRows(sample, view)
  const at = view.sort ? sample.columns.findIndex((column) => column.name === view.sort?.column) : -1
  if (!view.sort || at < 0) return places
  const sign = view.sort.direction === 'ascending' ? 1 : -1
  const cellOf = (place: number) => sample.rows[place]?.cells[at] ?? null
  return places.sort((a, b) => compare(cellOf(a), cellOf(b), sign) || a - b)
}

function filterRows({ columns, rows }: Rows, { contains, within }: SampleView): number[] {
  const wanted = contains.toLowerCase()
  const all = rows.map((_, place) => place)
  if (wanted === '') return all
  const only = within === null ? -1 : columns.findIndex((column) => column.name === within)
  return all.filter((place) => {
    const cells = rows[place]?.cells ?? []
    const searched = only < 0 ? cells : [cells[only] ?? null]
    return searched.some((cell) => cell?.toLowerCase().includes(wanted))
  })
}

const collator = new Intl.Collator('en-US', { numeric: true })

function compare(a: string | null, b: string | null, sign: 1 | -1): number {
  if (a === b) return 0
  if (a === null || a === '') return 1
  if (b === null || b === '') return -1
  return sign * collator.compare(a, b)
}
