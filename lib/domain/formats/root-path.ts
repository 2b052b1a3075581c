/**
 * Reads where the records of a JSON document stand: names joined by `.`; `\.` is a dot and `\\` a backslash in a name.
 * @example readRootPath('a.b\\.c') // ["a", "b.c"]; readRootPath('') // []
 */
export function readRootPath(text: string): string[] {
  if (text === '') return []
  const names: string[] = []
  let name = ''
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1]
    if (text[at] === '\\' && (next === '.' || next === '\\')) {
      name += next
      at++
    } else if (text[at] === '.') {
      names.push(name)
      name = ''
    } else name += text[at]
  }
  return [...names, name]
}

/** A name as it stands in column names and root paths. */
export const escapeName = (name: string): string =>
  name.includes('.') || name.includes('\\') ? name.replace(/[.\\]/g, '\\$&') : name
