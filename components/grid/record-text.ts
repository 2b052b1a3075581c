/** Indents a JSON object or array; null when the text is neither, so that it is only shown raw. */
export function prettyJson(text: string): string | null {
  const start = text.trimStart()[0]
  if (start !== '{' && start !== '[') return null
  try {
    return indentJson(text, JSON.parse(text))
  } catch {
    return null
  }
}

// Numbers that JavaScript cannot hold would come back changed; such a text is indented by its own characters.
function indentJson(text: string, value: unknown): string {
  const round = JSON.stringify(value)
  return round === stripSpace(text) ? JSON.stringify(value, null, 2) : indentText(text)
}

function stripSpace(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted: string | undefined) => quoted ?? '')
}

/** Indents a valid JSON text without touching its numbers and strings. */
export function indentText(text: string): string {
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  const compact = stripSpace(text)
  return compact.replace(/("(?:[^"\\]|\\.)*")|\{\}|\[\]|[{[]|[}\]]|,|:/g, (token, quoted?: string) => {
    if (quoted || token === '{}' || token === '[]') return token
    if (token === '{' || token === '[') {
      depth += 1
      return token + line()
    }
    if (token === '}' || token === ']') {
      depth -= 1
      return line() + token
    }
    return token === ',' ? token + line() : ': '
  })
}
