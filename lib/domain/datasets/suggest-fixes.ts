import { adoptSettings, formatKind } from '../formats/catalogue'
import type { FormatCandidate } from '../formats/detection'
import type { FormatProblem } from '../formats/wire'
import { suggestCharsets } from './suggest-charsets'
import { suggestForBinary, takeTextsOnly } from './suggest-for-binary'
import { type FixContext, fileOfProblem, type SuggestedFix } from './suggested-fix'
import { isReadAs } from './wizard-format'

/**
 * Suggests what mends a problem: what the reading itself proposes first, then what the files look like; the other way round where
 * no line at all is as the settings say.
 * @example suggestFixes(problem, { definition, preview, detection })[0]?.label // "Separate by semicolon"
 */
export function suggestFixes(problem: FormatProblem, context: FixContext): SuggestedFix[] {
  const own = (problem.fixes ?? []).map(
    ({ label, params }): SuggestedFix => ({ label, step: { step: 'set-format-params', params } }),
  )
  const byContent = suggestByContent(problem, context)
  // Where nothing fits, leaving out what does not would leave nothing.
  return problem.reason === 'unmatched-lines' && fitsNothing(context)
    ? [...byContent, ...own]
    : [...own, ...byContent]
}

const fitsNothing = ({ preview: { rows } }: FixContext): boolean =>
  rows?.every(({ unparsed }) => unparsed !== undefined) ?? false

function suggestByContent(problem: FormatProblem, context: FixContext): SuggestedFix[] {
  const { reason } = problem
  const file = fileOfProblem(problem, context)
  switch (reason) {
    case 'ragged-rows':
    case 'too-many-columns':
    case 'unmatched-lines':
      return suggestBest(context)
    case 'undecodable-bytes':
      return suggestCharsets(file, context)
    case 'looks-like-binary':
      return suggestForBinary(file, context)
    default:
      return BREAKS_OFF.has(reason) ? takeTextsOnly(file, context) : []
  }
}

/** What keeps a file from being read to its end, or at all, whatever the settings. */
const BREAKS_OFF = new Set([
  'ERR_DATASET_TRUNCATED_COMPRESSED_DATA',
  'damaged-compressed-data',
  'trailing-garbage',
  'not-parquet',
  'parquet-corrupt',
  'parquet-encrypted',
  'parquet-truncated',
  'no-root-path',
  'no-json-object',
])

/** What the files look like: other settings of the same type, or another type; none where any text reads like that. */
function suggestBest({ definition, detection }: FixContext): SuggestedFix[] {
  const [best] = detection?.candidates ?? []
  if (best === undefined || isReadAs(definition, best.format)) return []
  if (formatKind(best.format.type).detection === 'fallback') return []
  if (best.format.type !== definition.formatType) return [readAs(best)]
  const change = adoptSettings(definition.formatParams, best.format)
  if (change === null) return []
  if (change === 'all') return [readAs(best)]
  return [{ label: change.label, step: { step: 'set-format-params', params: change.params } }]
}

const readAs = ({ format, label, layout }: FormatCandidate): SuggestedFix => ({
  label: `Read as ${layout ?? label}`,
  step: { step: 'set-format', format },
})
