import { FORMAT_KINDS, isTextFormat } from '../formats/catalogue'
import { otherTexts, takeOut } from './suggest-for-unreadable'
import type { FixContext, SuggestedFix } from './suggested-fix'

/** Ways out of a file that is no text: to read it as what it is, to take it out of the files, or to read it all the same. */
export function suggestForBinary(context: FixContext): SuggestedFix[] {
  return [...readAsItIs(context), ...takeTextsOnly(context), ...readAnyway(context)]
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
export function takeTextsOnly({ definition, preview, detection }: FixContext): SuggestedFix[] {
  const texts = otherTexts(detection?.files ?? [], preview.usedPath)
  if (texts.length === 0) return []
  return takeOut(preview.usedPath, texts, definition.params.filesSelectionRules).map(({ label, rules }) => ({
    label,
    step: { step: 'set-selection', rules },
  }))
}
