const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g

/** JSON with its keys set back and its numbers marked, as it is: nothing is reformatted. */
export function JsonText({ text }: { text: string }) {
  const parts: { at: number; text: string; className: string | undefined }[] = []
  let at = 0
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > at) parts.push({ at, text: text.slice(at, found.index), className: undefined })
    parts.push({ at: found.index, text: found[0], className: tokenClass(found) })
    at = found.index + found[0].length
  }
  parts.push({ at, text: text.slice(at), className: undefined })
  return parts.map((part) => (
    <span key={part.at} className={part.className}>
      {part.text}
    </span>
  ))
}

function tokenClass([, quoted, colon]: RegExpExecArray): string {
  if (colon) return 'jk'
  return quoted ? 'js' : 'jn'
}
