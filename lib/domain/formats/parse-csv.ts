import { CsvParser } from './csv-parser'
import type { CsvDialect, CsvRows } from './csv-rows'

export interface ParsedCsv {
  /** Empty lines left out. */
  rows: string[][]
  /** Whether the text ends inside of a quoted cell: the last row is then all that follows the quote. */
  endsInQuotes: boolean
}

const PIECE_CHARS = 64 * 1024

/**
 * Takes a text at hand apart into at most `maxRows` rows of cells, the header among them; the last row may be cut where the
 * text is. Total: any text has rows.
 * @example parseCsv('a;"b;c"\n', { ...dialect, separator: ';' }, 10).rows // [['a', 'b;c']]
 */
export function parseCsv(text: string, dialect: CsvDialect, maxRows: number): ParsedCsv {
  const parser = new CsvParser(dialect)
  const rows: string[][] = []
  const add = (found: CsvRows[]) => {
    for (const block of found) {
      for (let row = 0; row < block.count && rows.length < maxRows; row++) {
        if (block.chars(row) > 0) rows.push(block.cells(row))
      }
    }
  }
  for (let at = 0; at < text.length && rows.length < maxRows; at += PIECE_CHARS) {
    add(parser.push(text.slice(at, at + PIECE_CHARS)))
  }
  const endsInQuotes = rows.length < maxRows && parser.openQuote !== undefined
  add(parser.end())
  return { rows, endsInQuotes }
}
