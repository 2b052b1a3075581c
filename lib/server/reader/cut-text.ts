import 'server-only'

/** What a page is sent of one value, in UTF-16 units. */
export const MAX_CELL_CHARS = 64 * 1024

/** The beginning of a text that is longer than a page is sent, as a copy: a slice would hold the whole text. */
export function cutText<Text extends string | null>(text: Text): Text {
  if (text === null || text.length <= MAX_CELL_CHARS) return text
  return copyText(text.slice(0, MAX_CELL_CHARS).toWellFormed()) as Text
}

/** The same text, holding nothing else: what was taken out of a larger text keeps all of that in memory. */
export function copyText<Text extends string | null>(text: Text): Text {
  if (text === null || text.length < LEAST_SLICE_CHARS) return text
  const encoding = text.isWellFormed() ? 'utf8' : 'utf16le'
  return Buffer.from(text, encoding).toString(encoding) as Text
}

/** V8 copies shorter parts of texts itself. */
const LEAST_SLICE_CHARS = 13
