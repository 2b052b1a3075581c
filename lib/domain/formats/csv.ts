import * as z from 'zod'
import { adoptDialect } from './csv-adoption'
import { CsvColumnNames } from './csv-columns'
import { CSV_FIELDS } from './csv-fields'
import { type CsvParams, csvParamsSchema } from './csv-params'
import { separatorName } from './detect/csv-dialect'
import { csvRows } from './detect/csv-rows'
import { proposalsOf } from './detect/proposal'
import { proposeCsv } from './detect/propose-csv'
import { proposeOneColumn } from './detect/propose-one-column'
import type { SampledColumns } from './detect/sampled-columns'
import type { TextSample } from './detect/text-sample'
import type { ShownParams } from './format-field'
import type { FormatKind, ShownRow } from './format-kind'
import { isBesideRows } from './lines-beside-rows'
import { CARRIED_TEXT_PARAMS, TEXT_COLUMNS } from './text-fields'

/** Separated values; columns come from the header row, or are named `col_0`, `col_1`. */
export const csvFormatSchema = z.object({ type: z.literal('csv'), params: csvParamsSchema })

export type CsvFormat = z.infer<typeof csvFormatSchema>

/** Rows whose text is looked at for their separator. */
const LOOKED_ROWS = 60

/** Tables of texts. */
export const csvFormat = {
  type: 'csv',
  label: 'Separated values (CSV, TSV, …)',
  schema: csvFormatSchema,
  firstParams: csvParamsSchema.parse({}),
  carries: CARRIED_TEXT_PARAMS,
  fields: CSV_FIELDS,
  sayColumns: () => TEXT_COLUMNS,
  propose: ({ texts, charset }) => {
    const tables = proposeCsv(texts, charset)
    const column = tables.length === 0 ? proposeOneColumn(texts, charset) : undefined
    return proposalsOf('csv', column === undefined ? tables : [column])
  },
  addCells,
  hasHeaders: ({ parseHeaderRow }) => parseHeaderRow,
  traits: [{ label: 'Separator', of: findSeparator }],
  adopt: adoptDialect,
} satisfies FormatKind<'csv', CsvParams>

function addCells(params: CsvParams, texts: readonly TextSample[], columns: SampledColumns): void {
  const { skipRowsBeforeHeader, parseHeaderRow, skipRowsAfterHeader } = params
  for (const { text, whole } of texts) {
    const rows = csvRows(text, params, whole).rows.slice(skipRowsBeforeHeader)
    const header = parseHeaderRow ? (rows[0] ?? []) : []
    const from = parseHeaderRow ? 1 + skipRowsAfterHeader : skipRowsAfterHeader
    const names = new CsvColumnNames(header)
    for (const row of rows.slice(from)) {
      if (params.skipLinesBesideRows && row.length === 1 && isBesideRows(row[0] ?? '')) continue
      names.extend(row.length)
      columns.addRow(row, names.names)
    }
  }
}

/** The separator that rows look like by their own text; the one they are read by where that separates their cells. */
function findSeparator(rows: readonly ShownRow[], { separator }: ShownParams): string {
  const looked = rows.slice(0, LOOKED_ROWS)
  if (looked.length === 0) return ''
  const isSeparated = looked.filter(({ cells }) => cells.length > 1).length > looked.length / 2
  if (isSeparated && typeof separator === 'string') return separatorName(separator)
  const text = looked.map(({ raw, cells }) => `${raw ?? cells[0] ?? ''}\n`).join('')
  const [best] = proposeCsv([{ path: '', text, whole: true, looksLike: null }], 'utf8')
  return best === undefined ? 'none' : separatorName(best.params.separator)
}
