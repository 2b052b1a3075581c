import { FORMAT_KINDS, isTextFormat } from '../formats/catalogue'
import type { Detection } from '../formats/detection'
import type { FilesSelectionRules } from './definition'
import { excludeToo, ruleForFile } from './exclude-files'
import { endingOf, keepOnly, ruleForKind } from './file-kinds'
import type { FixContext, SuggestedFix } from './suggested-fix'

/** Ways out of a file that is no text: to read it as what it is, to take it out of the files, or to read it all the same. */
export function suggestForBinary(context: FixContext): SuggestedFix[] {
  return [...readAsItIs(context), ...takeOut(context), ...readAnyway(context)]
}

const PACKED = /gzip|zip archive|bzip2|zstd/i

function readAsItIs({ definition: { formatType, formatParams }, preview }: FixContext): SuggestedFix[] {
  const looksLike = preview.looksLike ?? ''
  const kind = FORMAT_KINDS.find(({ contents }) => contents?.some(({ name }) => name === looksLike))
  if (kind !== undefined && kind.type !== formatType)
    return [{ label: `Read as ${kind.label}`, step: { step: 'set-format-type', type: kind.type } }]
  if (PACKED.test(looksLike) && (formatParams.compress ?? '') !== '')
    return [
      { label: 'Detect the compression', step: { step: 'set-format-params', params: { compress: '' } } },
    ]
  return []
}

function readAnyway({ definition: { formatType } }: FixContext): SuggestedFix[] {
  if (!isTextFormat(formatType)) return []
  return [
    { label: 'Read as text anyway', step: { step: 'set-format-params', params: { binaryAsText: true } } },
  ]
}

/** Rules that leave the file out and the texts in; none where no other file was met, or none of them is a text. */
function takeOut({ definition, preview, detection }: FixContext): SuggestedFix[] {
  const texts = (detection?.files ?? []).filter(isText).filter(({ path }) => path !== preview.usedPath)
  if (texts.length === 0) return []
  const rules = definition.params.filesSelectionRules
  const ending = endingOf(preview.usedPath)
  const textEndings = texts.map(({ path }) => endingOf(path))
  const [most = ''] = [...new Set(textEndings)].sort(
    (a, b) => countOf(textEndings, b) - countOf(textEndings, a),
  )
  const fixes: SuggestedFix[] = []
  if (most !== '' && most !== ending) {
    const kinds = [...new Set([ending, ...textEndings])].map((one) => ({ ending: one }))
    fixes.push(selecting(`Keep only *${most}`, keepOnly(rules, { ending: most }, kinds)))
  }
  if (rules.mode === 'ALL' || rules.mode === 'RULES_ALL_BUT_EXCLUDED') {
    const isAlone = ending === '' || textEndings.includes(ending)
    const rule = isAlone ? ruleForFile(preview.usedPath) : ruleForKind(ending, textEndings)
    fixes.push(selecting(isAlone ? 'Leave this file out' : `Leave out *${ending}`, excludeToo(rules, rule)))
  }
  if (rules.mode === 'EXPLICIT_SELECT_FILES') {
    const explicitFiles = rules.explicitFiles.filter((path) => withSlash(path) !== preview.usedPath)
    fixes.push(selecting('Leave this file out', { ...rules, explicitFiles }))
  }
  return fixes
}

const isText = ({ problem, looksLike, sizeBytes }: Detection['files'][number]) =>
  problem === null && looksLike === null && sizeBytes > 0

const countOf = (all: readonly string[], one: string) => all.filter((other) => other === one).length

const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`)

const selecting = (label: string, rules: FilesSelectionRules): SuggestedFix => ({
  label,
  step: { step: 'set-selection', rules },
})
