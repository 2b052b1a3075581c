import { findEncoding } from '../formats/charsets'
import type { CsvFormat } from '../formats/csv'
import { separatorName } from '../formats/detect/csv-dialect'
import type { FormatCandidate } from '../formats/detection'
import type { FormatProblem } from '../formats/wire'
import type { DatasetDefinition } from './definition'
import { suggestForBinary } from './suggest-for-binary'
import type { FixContext, SuggestedFix } from './suggested-fix'
import { isReadAs } from './wizard-format'

/**
 * Suggests what mends a problem: what the reading itself proposes first, then what the files look like.
 * @example suggestFixes(problem, { definition, preview, detection })[0]?.label // "Separate by semicolon"
 */
export function suggestFixes(problem: FormatProblem, context: FixContext): SuggestedFix[] {
  const own = (problem.fixes ?? []).map(
    ({ label, params }): SuggestedFix => ({ label, step: { step: 'set-format-params', params } }),
  )
  return [...own, ...suggestByContent(problem, context)]
}

function suggestByContent({ reason }: FormatProblem, context: FixContext): SuggestedFix[] {
  switch (reason) {
    case 'ragged-rows':
    case 'too-many-columns':
      return suggestDialect(context)
    case 'undecodable-bytes':
      return suggestCharsets(context)
    case 'unmatched-lines':
      return suggestLayouts(context)
    case 'looks-like-binary':
      return suggestForBinary(context)
    default:
      return []
  }
}

/** The separator and quotes that the files look like, or another type where they do not look separated at all. */
function suggestDialect({ definition, detection }: FixContext): SuggestedFix[] {
  const [best] = detection?.candidates ?? []
  if (best === undefined || isReadAs(definition, best.format)) return []
  if (best.format.type !== 'csv') return best.format.type === 'line' ? [] : [readAs(best)]
  const changed = changedIn(definition.formatParams, best.format.params)
  if (changed.length === 0) return []
  const params = Object.fromEntries(DIALECT.map((name) => [name, (best.format as CsvFormat).params[name]]))
  return [{ label: sayDialect(changed, best.format.params), step: { step: 'set-format-params', params } }]
}

const DIALECT = ['separator', 'style', 'quoteChar', 'escapeChar', 'skipRowsBeforeHeader'] as const
type DialectParam = (typeof DIALECT)[number]

/** Settings in which a dialect differs; characters that its style has no use for do not count. */
function changedIn(now: DatasetDefinition['formatParams'], found: CsvFormat['params']): DialectParam[] {
  return DIALECT.filter((name) => {
    if (name === 'quoteChar' && !/^(excel|unix)$/.test(found.style)) return false
    if (name === 'escapeChar' && !/^(unix|escape_only_no_quote)$/.test(found.style)) return false
    return now[name] !== undefined && now[name] !== found[name]
  })
}

function sayDialect(changed: readonly DialectParam[], found: CsvFormat['params']): string {
  const words: Record<DialectParam, string> = {
    separator: `separate by ${separatorName(found.separator)}`,
    style: SAY_STYLE[found.style],
    quoteChar: `take ${found.quoteChar} as the quote`,
    escapeChar: `take ${found.escapeChar} as the escape`,
    skipRowsBeforeHeader: `skip ${found.skipRowsBeforeHeader} rows before the header`,
  }
  const text = changed.map((name) => words[name]).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const SAY_STYLE: Record<CsvFormat['params']['style'], string> = {
  excel: 'read quotes as Excel writes them',
  unix: 'read escaped quotes',
  escape_only_no_quote: 'read escapes without quotes',
  no_escape_no_quote: 'read without quotes',
}

/** What the file itself is written in, then what most of the files are. */
function suggestCharsets({ definition, preview, detection }: FixContext): SuggestedFix[] {
  if (detection === null || definition.formatType === 'parquet') return []
  const own = detection.files.find(({ path }) => path === preview.usedPath)?.charset ?? ''
  return [...new Set([own, detection.charset.name])]
    .filter((name) => name !== '' && findEncoding(name) !== findEncoding(preview.charset))
    .map((charset) => ({
      label: `Read as ${charset}`,
      step: { step: 'set-format-params', params: { charset } },
    }))
}

/** Layouts and formats that the lines look like, where they are told to be another than that which is set. */
function suggestLayouts({ definition, detection }: FixContext): SuggestedFix[] {
  const [best] = detection?.candidates ?? []
  if (best === undefined || best.format.type === 'line' || isReadAs(definition, best.format)) return []
  const isSamePattern =
    best.format.type === 'regexp' && best.format.params.pattern === definition.formatParams.pattern
  return isSamePattern ? [] : [readAs(best)]
}

const readAs = ({ format, label, layout }: FormatCandidate): SuggestedFix => ({
  label: `Read as ${layout ?? label}`,
  step: { step: 'set-format', format },
})
