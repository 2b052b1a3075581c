import type { CsvParams } from '../csv-params'
import { csvParamsOf } from './csv-dialect'
import { findHeader } from './csv-header'
import { type Proposal, sayShare } from './proposal'
import { fileNoun, firstLines, type TextSample } from './text-sample'

const SEPARATED = /\.(csv|tsv)(?:\.[a-z0-9]{1,4})?$/i

/** Whether a file calls itself separated values: `/mails.csv`, `/mails.tsv.gz`. */
export const isNamedSeparated = (path: string): boolean => SEPARATED.test(path)

/** Only the names of the files speak for it, but nothing against it: it keeps each line whole as well. */
const BY_NAME = 0.62

/** Proposes a table of one column for files that call themselves separated values and hold no separator. */
export function proposeOneColumn(
  samples: readonly TextSample[],
  charset: string,
): Proposal<CsvParams> | undefined {
  if (!samples.every(({ path }) => isNamedSeparated(path))) return undefined
  const isTabbed = samples.every(({ path }) => SEPARATED.exec(path)?.[1]?.toLowerCase() === 'tsv')
  const separator = isTabbed ? '\t' : ','
  const tables = samples.map(({ path, text }) => ({
    path,
    before: [],
    rows: firstLines(text).flatMap((line) => (line === '' ? [] : [[line]])),
    faults: 0,
    width: 1,
    isTorn: false,
  }))
  const rows = tables.flatMap((table) => table.rows)
  const fitting = rows.filter(([cell = '']) => !/[,;\t|"]/.test(cell)).length
  if (fitting < rows.length) return undefined
  const header = findHeader({ tables, width: 1, noun: fileNoun(samples) })
  const dialect = { separator, style: 'excel', quoteChar: '"', escapeChar: '\\' } as const
  return {
    params: csvParamsOf(dialect, charset, {
      skipRowsBeforeHeader: 0,
      parseHeaderRow: header.hasHeader,
      skipRowsAfterHeader: 0,
    }),
    label: 'Separated values, one column',
    layout: null,
    confidence: BY_NAME,
    evidence: [
      `${sayShare(fitting, rows.length, 'row', 'has', 'have')} one cell, and the name of the file ends in .${isTabbed ? 'tsv' : 'csv'}.`,
      header.evidence,
    ],
    columns: header.hasHeader ? [header.headers[0]?.[0]?.trim() ?? ''] : ['col_0'],
    weakness: null,
    isLastResort: true,
  }
}
