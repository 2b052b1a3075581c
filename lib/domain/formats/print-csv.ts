import { fail, ok, type Result } from '../result'
import { type CsvDialect, type CsvMarks, marksOf } from './csv-rows'

/**
 * Writes rows as a text that reads back as the same rows: cells are quoted or escaped where they have to be. Fails where the
 * style has no way to write a cell, and for a row of nothing, which would be an empty line.
 * @example printCsv([['a', 'b,c']], dialect) // { ok: true, value: 'a,"b,c"\n' }
 */
export function printCsv(
  rows: Iterable<readonly string[]>,
  dialect: CsvDialect,
  lineEnd: '\n' | '\r\n' | '\r' = '\n',
): Result<string> {
  const marks = marksOf(dialect)
  const lines: string[] = []
  for (const row of rows) {
    const number = lines.length / 2 + 1
    const [only] = row
    if (only === undefined || (row.length === 1 && only === '' && marks.quote === '')) {
      return fail({ reason: 'empty-row', message: `Row ${number} is empty, and would be an empty line.` })
    }
    const broken =
      marks.quote === '' && marks.escape === '' ? row.findIndex((cell) => isSpecial(cell, marks)) : -1
    if (broken >= 0) {
      const message = `Row ${number} has a separator or a line end in cell ${broken + 1}, which this style cannot write.`
      return fail({ reason: 'cell-not-expressible', message })
    }
    lines.push(row.length === 1 && only === '' ? quoteCell('', marks) : printRow(row, marks), lineEnd)
  }
  return ok(lines.join(''))
}

const printRow = (row: readonly string[], marks: CsvMarks) =>
  row.map((cell) => printCell(cell, marks)).join(marks.separator)

/** Writes one cell, quoted or escaped where it has to be; a style without either writes it as it is. */
export function printCell(cell: string, marks: CsvMarks): string {
  if (!isSpecial(cell, marks)) return cell
  if (marks.quote !== '') return quoteCell(cell, marks)
  if (marks.escape === '') return cell
  return escapeAll(cell, [marks.separator, marks.escape, '\n', '\r'], marks.escape)
}

/** Writes a cell in quotes. */
export function quoteCell(cell: string, { quote, escape: mark }: CsvMarks): string {
  const inner =
    mark === '' ? cell.replaceAll(quote, () => quote + quote) : escapeAll(cell, [mark, quote], mark)
  return quote + inner + quote
}

function escapeAll(text: string, marks: string[], mark: string): string {
  // The escape character first, or those written for the others would be escaped themselves.
  const sorted = [mark, ...marks.filter((each) => each !== mark)]
  return sorted.reduce((written, each) => written.replaceAll(each, () => mark + each), text)
}

const isSpecial = (cell: string, { separator, quote, escape: mark }: CsvMarks) =>
  [separator, quote, mark, '\n', '\r'].some((each) => each !== '' && cell.includes(each))
