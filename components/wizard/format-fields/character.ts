/** Shows one character in a field; what cannot be seen is written as an escape: `"\t"` becomes `\t`, U+0001 `\x01`. */
export function showCharacter(character: string): string {
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  const isUnseen = code < 0x20 || (code >= 0x7f && code < 0xa0)
  return isUnseen && character.length === 1 ? `\\x${code.toString(16).padStart(2, '0')}` : character
}

/** Reads what `showCharacter` writes; any other text stays as it was typed, and is told to be wrong. */
export function readCharacter(text: string): string {
  if (text === '\\t') return '\t'
  const code = /^\\x([0-9a-f]{2})$/i.exec(text)?.[1]
  return code === undefined ? text : String.fromCharCode(Number.parseInt(code, 16))
}
