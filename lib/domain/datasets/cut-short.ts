/** What a page shows of one value. */
const SHOWN_CHARS = 120

/** Cuts a value for showing; a copy, since a part of a text keeps the whole of it in memory. */
export function cutShort(text: string): string {
  if (text.length <= SHOWN_CHARS) return text
  return JSON.parse(JSON.stringify(`${text.slice(0, SHOWN_CHARS).toWellFormed()}…`))
}
