import { FORMAT_KINDS, isTextFormat } from '../formats/catalogue'
import { isReadPacking } from '../formats/packings'
import { suggestCharsetOfText } from './suggest-charsets'
import { otherTexts, takeOut } from './suggest-for-unreadable'
import type { FileOfProblem, FixContext, SuggestedFix } from './suggested-fix'

/** Ways out of a file that is no text, or none in this charset: to read it as what it is, to take it out, or to read it all the same. */
export function suggestForBinary(file: FileOfProblem, context: FixContext): SuggestedFix[] {
  const asText = suggestCharsetOfText(file, context)
  if (asText.length > 0) return asText
  return [...readAsItIs(file, context), ...takeTextsOnly(file, context), ...readAnyway(context)]
}

function readAsItIs(
  { looksLike: content }: FileOfProblem,
  { definition: { formatType, formatParams } }: FixContext,
): SuggestedFix[] {
  const looksLike = content ?? ''
  const kind = FORMAT_KINDS.find(({ contents }) => contents?.some(({ name }) => name === looksLike))
  if (kind !== undefined && kind.type !== formatType)
    return [{ label: `Read as ${kind.label}`, step: { step: 'set-format-type', type: kind.type } }]
  // What was unpacked already and is packed once more is found to be the same by detecting.
  if (isReadPacking(looksLike) && formatParams.compress === 'none')
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
export function takeTextsOnly(
  { path }: Pick<FileOfProblem, 'path'>,
  { definition, detection }: FixContext,
): SuggestedFix[] {
  const texts = otherTexts(detection?.files ?? [], path)
  if (texts.length === 0) return []
  return takeOut(path, texts, definition.params.filesSelectionRules).map(({ label, rules }) => ({
    label,
    step: { step: 'set-selection', rules },
  }))
}
