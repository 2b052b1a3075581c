/** What a cell looks like; `text` says nothing. */
export type CellKind = 'empty' | 'number' | 'time' | 'address' | 'uuid' | 'boolean' | 'text'

const NUMBER = /^[-+]?(?:\d{1,3}(?:[., ']\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s?[%€$£]?$/
const TIME =
  /^(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[-/ ][A-Z][a-z]{2}[-/ ]\d{4})(?:[T :]\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?$/
const IP = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$|^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}$/
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/
const BOOLEAN = /^(?:true|false|yes|no)$/i
const EMPTY = /^(?:-|null|NULL|N\/A|n\/a|\\N)?$/
/** Longer cells are texts. */
const MAX_KIND_CHARS = 64

/**
 * Tells what a cell looks like.
 * @example kindOfCell('1.234,50') // "number"
 */
export function kindOfCell(cell: string): CellKind {
  const text = cell.trim()
  if (text.length > MAX_KIND_CHARS) return 'text'
  if (EMPTY.test(text)) return 'empty'
  if (NUMBER.test(text)) return 'number'
  if (TIME.test(text)) return 'time'
  if (IP.test(text)) return 'address'
  if (UUID.test(text)) return 'uuid'
  return BOOLEAN.test(text) ? 'boolean' : 'text'
}

/** The kind that nearly all cells of a column have; empty cells have any. */
export function kindOfColumn(cells: readonly string[]): CellKind {
  const counts = new Map<CellKind, number>()
  for (const cell of cells) {
    const kind = kindOfCell(cell)
    if (kind !== 'empty') counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  let filled = 0
  let best: CellKind = 'empty'
  for (const [kind, count] of counts) {
    filled += count
    if (count > (counts.get(best) ?? 0)) best = kind
  }
  return best === 'empty' || (counts.get(best) ?? 0) >= filled * 0.9 ? best : 'text'
}

const NAME = /^[\p{L}_#@$][\p{L}\p{N} _.:/()%#@$&+-]*$/u

/** Tells whether a cell may be the name of a column: letters first, and not long. */
export function isName(cell: string): boolean {
  const text = cell.trim()
  return text.length <= MAX_KIND_CHARS && NAME.test(text)
}
