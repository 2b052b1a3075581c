/** What a cell holds: a text, `null` ∅, the empty text `""`, or nothing at all (`undefined`, –). */
export type CellValue = string | null | undefined

export interface Validity {
  valid: number
  empty: number
  invalid: number
}

export interface GridColumn {
  id: string
  name: string
  /** The meaning as people call it: `"string"`, `"date"`. */
  type: string
  validity?: Validity
  /** Numbers stand right. */
  align?: 'end'
  /** Before anyone drags it; 176 without. */
  widthPx?: number
}

/** A row that is no record: why, and the text that it stands in. */
export interface RowMark {
  reason: string
  text: string
}

/** A place in the grid: row -1 is the header, columns count the visible ones. */
export interface CellPlace {
  row: number
  column: number
}

export interface GridSize {
  rows: number
  columns: number
  /** How many rows a screen holds, for PgUp and PgDn. */
  pageRows: number
}

type Move = (at: CellPlace, size: GridSize) => CellPlace

const MOVES: Record<string, Move> = {
  ArrowUp: (at) => ({ ...at, row: at.row - 1 }),
  ArrowDown: (at) => ({ ...at, row: at.row + 1 }),
  ArrowLeft: (at) => ({ ...at, column: at.column - 1 }),
  ArrowRight: (at) => ({ ...at, column: at.column + 1 }),
  PageUp: (at, size) => ({ ...at, row: Math.max(0, at.row - size.pageRows) }),
  PageDown: (at, size) => ({ ...at, row: at.row + size.pageRows }),
  Home: (at) => ({ ...at, column: 0 }),
  End: (at, size) => ({ ...at, column: size.columns - 1 }),
  'mod+Home': () => ({ row: 0, column: 0 }),
  'mod+End': (_, size) => ({ row: size.rows - 1, column: size.columns - 1 }),
}

/** Where a key leads from a cell, inside the grid; null when the key moves nothing: `"PageDown"`, `"mod+Home"`. */
export function moveCell(at: CellPlace, key: string, size: GridSize): CellPlace | null {
  const move = MOVES[key]
  return move ? clampPlace(move(at, size), size) : null
}

/** The nearest place that exists. */
export function clampPlace(at: CellPlace, size: Pick<GridSize, 'rows' | 'columns'>): CellPlace {
  return { row: clamp(at.row, -1, size.rows - 1), column: clamp(at.column, 0, size.columns - 1) }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

export const LEAST_WIDTH_PX = 64
export const MOST_WIDTH_PX = 1200
export const DEFAULT_WIDTH_PX = 176

/** A width one can still read, in whole pixels. */
export function clampWidth(widthPx: number): number {
  return Math.round(clamp(widthPx, LEAST_WIDTH_PX, MOST_WIDTH_PX))
}

/** What a column holds of its name before anyone widens it. */
const SHORT_NAME_CHARACTERS = 20
const TAIL_CHARACTERS = 8

/** A long name in two parts, of which the end always stays: `"measurement_of_"` and `"sensor_7"`; null of a short one. */
export function splitName(name: string): { head: string; tail: string } | null {
  const characters = [...name]
  if (characters.length <= SHORT_NAME_CHARACTERS) return null
  const cut = characters.length - TAIL_CHARACTERS
  return { head: characters.slice(0, cut).join(''), tail: characters.slice(cut).join('') }
}

/** One stretch of a cell's text: shown as it is, as a sign for what cannot be seen, or as a broken character. */
export interface TextRun {
  kind: 'text' | 'unseen' | 'broken'
  text: string
}

const SIGNS: Record<string, string> = { '\t': '⇥', '\n': '↵', '\r': '␍', '\u00a0': '⍽', ' ': '·' }

// Outer and doubled spaces, other white space, control and format characters, and the replacement character.
const HIDDEN = /^ +| +$| {2,}|[^\S ]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\ufffd/gu

/** Longer texts are cut: no cell is wide enough to show more. */
export const SHOWN_CHARACTERS = 400

/** Makes white space and what did not decode visible: `"a \t"` is `a`, `·`, `⇥`. */
export function showText(value: string): TextRun[] {
  const text = value.length > SHOWN_CHARACTERS ? value.slice(0, SHOWN_CHARACTERS) : value
  const runs: TextRun[] = []
  let at = 0
  for (const found of text.matchAll(HIDDEN)) {
    if (found.index > at) runs.push({ kind: 'text', text: text.slice(at, found.index) })
    runs.push(showHidden(found[0]))
    at = found.index + found[0].length
  }
  if (at < text.length) runs.push({ kind: 'text', text: text.slice(at) })
  return runs
}

function showHidden(hidden: string): TextRun {
  if (hidden === '\ufffd') return { kind: 'broken', text: hidden }
  return { kind: 'unseen', text: [...hidden].map(showCharacter).join('') }
}

function showCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  // The block of control pictures mirrors the control characters.
  return SIGNS[character] ?? (code < 0x20 ? String.fromCodePoint(0x2400 + code) : '∘')
}
