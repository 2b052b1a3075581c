import { adoptSettings, formatKind, isTextFormat } from '../formats/catalogue'
import { findEncoding } from '../formats/charsets'
import type { FormatCandidate } from '../formats/detection'
import type { FormatProblem } from '../formats/wire'
import { suggestForBinary, takeTextsOnly } from './suggest-for-binary'
import { type FileOfProblem, type FixContext, fileOfProblem, type SuggestedFix } from './suggested-fix'
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

/** What the file itself is written in, then what most of the files are. */
function suggestCharsets(
  { path, charset: present }: FileOfProblem,
  { definition, detection }: FixContext,
): SuggestedFix[] {
  if (detection === null || !isTextFormat(definition.formatType)) return []
  const own = detection.files.find((one) => one.path === path)?.charset ?? ''
  return [...new Set([own, detection.charset.name])]
    .filter((name) => name !== '' && findEncoding(name) !== findEncoding(present))
    .map((charset) => ({
      label: `Read as ${charset}`,
      step: { step: 'set-format-params', params: { charset } },
    }))
}

const readAs = ({ format, label, layout }: FormatCandidate): SuggestedFix => ({
  label: `Read as ${layout ?? label}`,
  step: { step: 'set-format', format },
})
