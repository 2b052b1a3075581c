import type { Sample } from '#lib/domain/datasets/sample-wire'

type Row = Pick<Sample['rows'][number], 'cells' | 'absent' | 'unparsed' | 'raw'>

/** A record as its file holds it, when it is a line or could not be taken apart; its columns as one JSON text otherwise. */
export function wholeRecord(columns: Sample['columns'], { cells, absent, unparsed, raw }: Row): string {
  if (unparsed !== undefined) return raw ?? ''
  if (!isPutTogether(columns, { unparsed })) return cells[0] ?? ''
  const missing = new Set(absent)
  return JSON.stringify(
    Object.fromEntries(
      columns.flatMap(({ name }, at) => (missing.has(at) ? [] : [[name, cells[at] ?? null]])),
    ),
  )
}

/** Whether a record is shown as JSON of its columns: its file may spell it otherwise. */
export const isPutTogether = (columns: Sample['columns'], { unparsed }: Pick<Row, 'unparsed'>): boolean =>
  unparsed === undefined && columns.length !== 1
