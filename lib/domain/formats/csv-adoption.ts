import { formatQuantity } from '../format'
import { usesEscapes, usesQuotes } from './csv-fields'
import type { CsvParams } from './csv-params'
import { separatorName } from './detect/csv-dialect'
import type { ShownParams } from './format-field'
import type { Adoption } from './format-kind'

const DIALECT = ['separator', 'style', 'quoteChar', 'escapeChar', 'skipRowsBeforeHeader'] as const
type DialectParam = (typeof DIALECT)[number]

/**
 * The separator and quotes that files look like, where they are set otherwise; null where they are set so.
 * @example adoptDialect({ separator: ',' }, found)?.label // "Separate by semicolon"
 */
export function adoptDialect(now: ShownParams, found: CsvParams): Adoption | null {
  const changed = changedIn(now, found)
  if (changed.length === 0) return null
  const { separator, style, quoteChar, escapeChar, skipRowsBeforeHeader } = found
  return {
    params: { separator, style, quoteChar, escapeChar, skipRowsBeforeHeader },
    label: sayDialect(changed, found),
  }
}

/** Settings in which a dialect differs; characters that its style has no use for do not count. */
function changedIn(now: ShownParams, found: CsvParams): DialectParam[] {
  return DIALECT.filter((name) => {
    if (name === 'quoteChar' && !usesQuotes(found.style)) return false
    if (name === 'escapeChar' && !usesEscapes(found.style)) return false
    return now[name] !== undefined && now[name] !== found[name]
  })
}

function sayDialect(changed: readonly DialectParam[], found: CsvParams): string {
  const words: Record<DialectParam, string> = {
    separator: `separate by ${separatorName(found.separator)}`,
    style: SAY_STYLE[found.style],
    quoteChar: `take ${found.quoteChar} as the quote`,
    escapeChar: `take ${found.escapeChar} as the escape`,
    skipRowsBeforeHeader: `skip ${sayRows(found.skipRowsBeforeHeader)} before the header`,
  }
  const text = changed.map((name) => words[name]).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const sayRows = (count: number): string => (count === 0 ? 'no rows' : formatQuantity(count, 'row'))

const SAY_STYLE: Record<CsvParams['style'], string> = {
  excel: 'read quotes as Excel writes them',
  unix: 'read escaped quotes',
  escape_only_no_quote: 'read escapes without quotes',
  no_escape_no_quote: 'read without quotes',
}
