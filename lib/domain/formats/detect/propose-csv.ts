import { formatCount, formatQuantity } from '../../format'
import { CsvColumnNames } from '../csv-columns'
import type { CsvParams } from '../csv-params'
import { isBesideRows } from '../lines-beside-rows'
import {
  csvParamsOf,
  haveNoValue,
  plausibleDialects,
  plausibleSeparators,
  SEPARATORS,
  separatorName,
} from './csv-dialect'
import { MOSTLY, proseFactor, weaknessOf } from './csv-doubts'
import { describeDrift, type FoundLook, leaveToNewest, setStrangersApart } from './csv-drift'
import { findHeader, type HeaderFinding } from './csv-header'
import { type CsvLook, lookAtCsv } from './csv-layout'
import { settleRivals } from './csv-rivals'
import { findUnits } from './csv-units'
import { type Proposal, shareOf } from './proposal'
import { isNamedSeparated } from './propose-one-column'
import { firstLines, type TextSample } from './text-sample'

/** The first line by which Excel is told of the separator. */
const DECLARED = /^sep=([^\w"'\\\r\n])\r?\n/u
/** At most so many separators are offered. */
const MAX_PROPOSALS = 2
/** Lines of each file in which separators and quotes are looked for. */
const LOOKED_LINES = 60

/** Proposes to read the samples as separated values, the best separator first. */
export function proposeCsv(samples: readonly TextSample[], charset: string): Proposal<CsvParams>[] {
  const lines = samples.flatMap(({ text }) => firstLines(text, LOOKED_LINES)).filter((line) => line !== '')
  const data = lines.filter((line) => !line.startsWith('#'))
  const looked = data.length > 0 ? data : lines
  const declared = samples.flatMap(({ text }) => DECLARED.exec(text)?.[1] ?? [])[0]
  const separators = declared === undefined ? plausibleSeparators(looked) : [declared]
  const looks = separators.flatMap(
    (separator) => setStrangersApart(samples, separator, (some) => bestLook(some, looked, separator)) ?? [],
  )
  const toldOf = ({ dialect }: CsvLook) => ({ declared, noValue: haveNoValue(looked, dialect.separator) })
  const rivals = looks.map((look) => ({
    look,
    proposal: leaveToNewest(propose(look, charset, toldOf(look)), look, samples),
  }))
  return settleRivals(rivals)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MAX_PROPOSALS)
}

function bestLook(
  samples: readonly TextSample[],
  lines: readonly string[],
  separator: string,
): CsvLook | undefined {
  let best: CsvLook | undefined
  for (const dialect of plausibleDialects(lines, separator)) {
    const look = lookAtCsv(samples, dialect)
    if (look === undefined) continue
    if (best === undefined || fitOf(look) > fitOf(best)) best = look
    if (look.faults === 0 && look.fitting === look.all) break
  }
  return best
}

const fitOf = ({ fitting, all, faults, width }: CsvLook) =>
  (fitting - faults * 2) / Math.max(1, all) + width / 1_000

/** What lines tell beside their cells. */
interface Told {
  /** The separator that the first one names. */
  declared: string | undefined
  /** Cells say that they have no value. */
  noValue: boolean
}

interface ToldOfTable extends Told {
  /** The row of units under the names. */
  units: readonly string[] | undefined
}

function propose(look: FoundLook, charset: string, told: Told): Proposal<CsvParams> {
  const units = findUnits(look.tables)
  const header = findHeader(look, units !== undefined)
  const { separator } = look.dialect
  const isRuled = look.tables.every(({ rows }) => isRule(rows[1]))
  const skipRowsAfterHeader = header.hasHeader && (isRuled || units !== undefined) ? 1 : 0
  const params = csvParamsOf(look.dialect, charset, {
    skipRowsBeforeHeader: look.skipRows,
    parseHeaderRow: header.hasHeader,
    skipRowsAfterHeader,
    ...(look.tables.some(hasLinesBeside) ? { skipLinesBesideRows: true } : {}),
  })
  const layout = findLayout(look, header)
  return {
    params,
    label: `Separated values, ${separatorName(separator)}`,
    layout,
    confidence: confidenceOf(look, header, layout !== null, separator === told.declared),
    evidence: describe(look, header, params, { ...told, units }),
    columns: columnsOf(look, header),
    weakness: weaknessOf(look),
  }
}

const hasLinesBeside = ({ rows }: CsvLook['tables'][number]) =>
  rows.some((row) => row.length === 1 && isBesideRows(row[0] ?? ''))

/** A line of dashes under the header. */
const isRule = (row: readonly string[] = []) => {
  // A table of Markdown has a separator at both ends of its lines, and colons where columns are aligned.
  const cells = row.filter((cell, place) => cell.trim() !== '' || (place > 0 && place < row.length - 1))
  return cells.length > 0 && cells.every((cell) => /^\s*:?[-=+]{3,}:?\s*$/.test(cell))
}

function confidenceOf(look: FoundLook, header: HeaderFinding, isKnown: boolean, isDeclared: boolean): number {
  const { dialect, width, fitting, all, faults, coherence, typed, empty } = look
  const telling = tellingOf(dialect.separator, width)
  const share = all === 0 ? 0 : fitting / all
  const steady = share >= 0.98 ? 1 : share ** 3
  let confidence = telling * steady * (0.78 + 0.22 * Math.min(1, coherence + (header.votes > 1 ? 0.2 : 0)))
  if (isDeclared) return Math.max(confidence, 0.9)
  if (isKnown) return Math.max(confidence, 0.95 * steady)
  if (width === 2) confidence *= 0.85
  // What ends every line separates nothing.
  confidence *= width === 2 && empty > 0 ? 0.4 : 1 - 0.4 * empty
  if (all < 2 && !look.isWideRow)
    confidence *= look.tables.every(({ path }) => isNamedSeparated(path)) ? 0.85 : 0.5
  confidence *= 0.5 + 0.5 * (look.tables.length / (look.tables.length + look.strangers.length))
  if (faults > 0) confidence *= Math.max(0.2, 1 - (faults * 3) / Math.max(1, all))
  if (look.skipRows > 0) confidence *= 0.97
  // Words are separated by spaces as well: only columns of one kind make a table of them.
  if (dialect.separator === ' ' && typed < MOSTLY) confidence *= 0.5
  return confidence * proseFactor(look)
}

/** Colons stand between names and values too: only many of them make a table. */
function tellingOf(separator: string, width: number): number {
  if (separator === ':') return width >= 5 ? 0.88 : width >= 3 ? 0.6 : 0.4
  return SEPARATORS.find(({ char }) => char === separator)?.telling ?? 0.8
}

function describe(
  look: FoundLook,
  header: HeaderFinding,
  params: CsvParams,
  { declared, noValue, units }: ToldOfTable,
): string[] {
  const { width, fitting, all, skipRows, dialect, tables, noun } = look
  const evidence = look.isWideRow
    ? [
        `The first row is longer than what was looked at, and has ${formatQuantity(width, 'cell')} until there.`,
      ]
    : describeDrift(look, header)
  if (evidence.length === 0) {
    const inFiles =
      tables.length > 1 && fitting === all ? ` of the ${formatCount(tables.length)} ${noun}s` : ''
    const have = fitting === 1 ? 'has' : 'have'
    evidence.push(`${shareOf(fitting, all, 'row')}${inFiles} ${have} ${formatQuantity(width, 'cell')}.`)
  }
  if (declared !== undefined) evidence.push(`The first line says that the separator is "${declared}".`)
  if (skipRows === 1) evidence.push('The first row stands above the table and is left out.')
  if (skipRows > 1)
    evidence.push(`The first ${formatCount(skipRows)} rows stand above the table and are left out.`)
  evidence.push(header.evidence)
  const named = Math.max(...tables.map(({ rows: [row] }) => row?.length ?? 0))
  if (header.hasHeader && named < width)
    evidence.push(`That row names ${formatCount(named)} of the ${formatQuantity(width, 'column')}.`)
  if (params.skipRowsAfterHeader > 0) evidence.push(sayUnderHeader(units))
  if (params.skipLinesBesideRows)
    evidence.push('Rule lines and row counts, as psql prints them, are left out.')
  const isEscaped = dialect.style === 'unix' || dialect.style === 'escape_only_no_quote'
  if (isEscaped && noValue) evidence.push('Cells of \\N alone have no value, as databases write them.')
  else if (dialect.style === 'unix')
    evidence.push(`Quotes inside of cells are escaped by ${dialect.escapeChar}.`)
  else if (dialect.style === 'escape_only_no_quote')
    evidence.push(`Separators inside of cells are escaped by ${dialect.escapeChar}, without quotes.`)
  if (dialect.style === 'no_escape_no_quote') evidence.push('Quotes stand inside of cells without a meaning.')
  if (dialect.quoteChar !== '"')
    evidence.push(`Cells stand between ${dialect.quoteChar} and ${dialect.quoteChar}.`)
  return evidence
}

function sayUnderHeader(units: readonly string[] | undefined): string {
  if (units === undefined) return 'The line of dashes under the names is left out.'
  const example = units.find((cell) => /[^\s-]/.test(cell))?.trim() ?? ''
  return `The row under the names holds units, such as ${example}, and is left out.`
}

/** The columns of all files, those of the first one first. */
function columnsOf({ width }: CsvLook, { headers }: HeaderFinding): string[] {
  const [first, ...others] = headers
  const all = new CsvColumnNames(first)
  if (all.names.length < width && others.every(({ length }) => length < width)) all.extend(width)
  return [...new Set([...all.names, ...others.flatMap((row) => new CsvColumnNames(row).names)])]
}

/** Columns of a csvlog, by the server's version, and the one that holds the severity. */
const POSTGRES_COLUMNS = { least: 22, most: 26, severity: 11 }
const POSTGRES_SEVERITY = /^(?:DEBUG\d?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC)$/

function isPostgresLog(tables: CsvLook['tables']): boolean {
  const { least, most, severity } = POSTGRES_COLUMNS
  const rows = tables.flatMap((table) => table.rows)
  return (
    rows.length > 0 &&
    rows.every(
      (row) =>
        row.length >= least &&
        row.length <= most &&
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(row[0] ?? '') &&
        POSTGRES_SEVERITY.test(row[severity] ?? ''),
    )
  )
}

const VPC_FIELDS = new Set(
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol action'.split(' '),
)

function findLayout({ tables, dialect }: CsvLook, { hasHeader }: HeaderFinding): string | null {
  const first = hasHeader ? (tables[0]?.rows[0] ?? []) : []
  if (isPostgresLog(tables)) return 'PostgreSQL csvlog'
  const isVpc = dialect.separator === ' ' && first.filter((name) => VPC_FIELDS.has(name)).length >= 3
  return isVpc ? `VPC flow logs` : null
}
