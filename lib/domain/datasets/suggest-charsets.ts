import { isTextFormat } from '../formats/catalogue'
import { findEncoding } from '../formats/charsets'
import type { FileOfProblem, FixContext, SuggestedFix } from './suggested-fix'

/** Reading as what the file itself is written in, then as what most of the files are. */
export function suggestCharsets(
  { path, charset: present }: FileOfProblem,
  { definition, detection }: FixContext,
): SuggestedFix[] {
  if (detection === null || !isTextFormat(definition.formatType)) return []
  const own = detection.files.find((one) => one.path === path)?.charset ?? ''
  return readAsOthers([own, detection.charset.name], present)
}

/** The same for a file that was taken for binary: only where it was found to be a text of another charset, as UTF-16 without a mark. */
export function suggestCharsetOfText(
  { path, charset: present }: FileOfProblem,
  { definition, detection }: FixContext,
): SuggestedFix[] {
  const own = detection?.files.find((one) => one.path === path)
  if (own?.looksLike !== null || own.problem !== null || !isTextFormat(definition.formatType)) return []
  return readAsOthers([own.charset], present)
}

const readAsOthers = (names: readonly string[], present: string): SuggestedFix[] =>
  [...new Set(names)]
    .filter((name) => name !== '' && findEncoding(name) !== findEncoding(present))
    .map((charset) => ({
      label: `Read as ${charset}`,
      step: { step: 'set-format-params', params: { charset } },
    }))
