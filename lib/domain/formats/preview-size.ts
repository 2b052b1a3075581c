import type { PreviewRecord } from './wire'

/** What a page is sent of all records, in characters. */
export const MOST_PREVIEW_CHARS = 4 * 1024 * 1024
/** What a cell takes at least, also one that is absent: records with other names each are mostly such. */
const LEAST_CELL_CHARS = 4

/** What a record takes of a page, in characters. */
export function charsOfRecord({ cells, raw }: Pick<PreviewRecord, 'cells' | 'raw'>): number {
  let chars = raw?.length ?? 0
  for (const cell of cells) chars += Math.max(cell?.length ?? 0, LEAST_CELL_CHARS)
  return chars
}
