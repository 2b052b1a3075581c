import { formatCount } from '../../format'
import { separatorName } from './csv-dialect'
import type { CsvLook } from './csv-layout'
import { sayShare } from './proposal'

/** A share of columns, or of rows, that tells. */
export const MOSTLY = 0.5
/** A share of columns without a value that is worth a word. */
const MANY_EMPTY = 0.25
/** Colons stand between names and values too: fewer cells make no table. */
const FEW_CELLS = 5
/** Rows of each file that are looked at. */
const LOOKED_ROWS = 60

type Row = readonly string[]

/** Something that texts have where separators are their punctuation rather than the ends of cells. */
interface Prose {
  isIn(row: Row): boolean
  /** Of one separator alone, or of all but one. */
  isOf?(separator: string): boolean
  /** Left of the confidence where most rows have it. */
  factor: number
  say(name: string): string
}

const PROSE: Prose[] = [
  {
    isIn: isTornApart,
    factor: 0.35,
    say: (name) => `Brackets open in one cell and close in another when ${name} separates.`,
  },
  {
    isIn: isRequest,
    isOf: (separator) => separator !== ' ',
    factor: 0.35,
    say: (name) =>
      `The first cells are whole lines of a log when ${name} separates: a time, a text in quotes and more.`,
  },
  {
    isIn: ([first = '']) => /^\s*</.test(first),
    factor: 0.35,
    say: (name) => `The first cells begin with <, as tags do, when ${name} separates.`,
  },
  {
    isIn: isDecimalTime,
    isOf: (separator) => separator === ',',
    factor: 0.3,
    say: () => 'The comma stands inside of times, before their fractions.',
  },
  {
    isIn: isSentence,
    isOf: (separator) => separator === ',',
    factor: 0.4,
    say: () => 'Words and a space stand around the commas, as in sentences.',
  },
]

function findProse({ tables, width, dialect }: CsvLook): Prose[] {
  const rows = tables
    .flatMap((table) => table.rows.slice(1, LOOKED_ROWS))
    .filter((row) => row.length === width)
  return PROSE.filter(
    ({ isIn, isOf }) =>
      (isOf?.(dialect.separator) ?? true) && rows.filter((row) => isIn(row)).length > rows.length * MOSTLY,
  )
}

/** Below 1 where the separators look like punctuation of texts rather than the ends of cells. */
export const proseFactor = (look: CsvLook): number =>
  findProse(look).reduce((product, { factor }) => product * factor, 1)

/** A bracket that opens in one cell and closes in another. */
function isTornApart(row: Row): boolean {
  return row.some((cell) => {
    const opened = cell.split(/[([{<]/).length
    return opened !== cell.split(/[)\]}>]/).length && !/^[^()[\]{}]*[<>][^()[\]{}]*$/.test(cell)
  })
}

/** A first cell that is itself a time, a text in quotes and more: the line of a log, not a cell. */
function isRequest([first = '']: Row): boolean {
  return /^\W?\d{4}-\d\d-\d\d[^"]* "[^"]+" \S+ \S+/.test(first)
}

/** `10:00:00` and `123 INFO …`: the comma belongs to the time. */
function isDecimalTime(row: Row): boolean {
  return row.some((cell, index) => /\d:\d\d$/.test(cell) && /^\d{3,9}(?:\D|$)/.test(row[index + 1] ?? ''))
}

/** Words before and after a comma with its space. */
function isSentence(row: Row): boolean {
  return row.length < 6 && row.slice(1).every((cell) => /^ \S+ \S/.test(cell)) && /\S \S/.test(row[0] ?? '')
}

/** What speaks most against a dialect by itself; null where nothing does. */
export function weaknessOf(look: CsvLook): string | null {
  const { fitting, all, dialect, faults, width, skipRows, typed, empty } = look
  const name = separatorName(dialect.separator)
  const cells = formatCount(width)
  if (fitting < all)
    return `${sayShare(all - fitting, all, 'row', 'has', 'have')} another number of cells than ${cells} when ${name} separates.`
  if (faults > 0)
    return faults === 1
      ? 'A quote stands where no cell begins or ends.'
      : `${formatCount(faults)} quotes stand where no cell begins or ends.`
  const [prose] = findProse(look)
  if (prose !== undefined) return prose.say(name)
  if (skipRows > 0) {
    const rows = skipRows === 1 ? 'The first row is' : `The first ${formatCount(skipRows)} rows are`
    return `${rows} no part of the table when ${name} separates.`
  }
  if (all === 1) return `One row with ${cells} cells does not show that ${name} separates.`
  if (dialect.separator === ' ')
    return typed < MOSTLY
      ? `Spaces stand between words too, and most of the ${cells} columns that they make hold texts.`
      : `Spaces stand between words too: that all rows have ${cells} cells may be how they are written.`
  if (dialect.separator === ':' && width < FEW_CELLS)
    return `Colons stand between names and values too, and in clocks: ${cells} cells in a row are few.`
  if (empty >= MANY_EMPTY)
    return `${sayShare(Math.round(empty * width), width, 'column', 'holds', 'hold')} nothing when ${name} separates.`
  return width === 2 ? `One ${name} in each row may stand inside of a text: two cells are few.` : null
}
