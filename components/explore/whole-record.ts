import type { Sample } from '#lib/domain/datasets/sample-wire'

type Row = Pick<Sample['rows'][number], 'cells' | 'absent' | 'unparsed' | 'raw'>

/** A record as its file holds it, when it is a line or could not be taken apart; its columns as one JSON text otherwise. */
export function wholeRecord(columns: Sample['columns'], { cells, absent, unparsed, raw }: Row): string {
  if (unparsed !== undefined) return raw ?? ''
  if (columns.length === 1) return cells[0] ?? ''
  const missing = new Set(absent)
  return JSON.stringify(
    Object.fromEntries(
      columns.flatMap(({ name }, at) => (missing.has(at) ? [] : [[name, cells[at] ?? null]])),
    ),
  )
}
