import 'server-only'

/** XML that is cut off, not well-formed, or larger in depth than an S3 answer can be. */
export class XmlError extends Error {
  override name = 'XmlError'
}

const SLASH = 47
const BANG = 33
const QUESTION = 63
const MAX_DEPTH = 32

/**
 * Walks the elements of an S3 answer without building a tree; text is given as offsets, so that callers copy only what
 * they keep. No DTD, hence no entities but the five of XML and numeric ones.
 */
export class XmlCursor {
  name = ''
  /** Offsets of the text of the last `leaf`. */
  start = 0
  end = 0
  private pos = 0
  private empty = false

  constructor(readonly text: string) {}

  /** Goes into the next element and sets `name`; at the end tag of the current one leaves it and gives false. */
  enter(): boolean {
    if (this.empty) {
      this.empty = false
      return false
    }
    for (;;) {
      const at = this.find('<', this.pos)
      const next = this.text.charCodeAt(at + 1)
      if (next === SLASH) {
        this.pos = this.find('>', at) + 1
        return false
      }
      if (next !== BANG && next !== QUESTION) {
        this.open(at)
        return true
      }
      this.pos = this.afterMarkup(at)
    }
  }

  /** Tells whether the element entered last has this name. */
  isAt(name: string): boolean {
    return this.name === name
  }

  /** Reads the element entered last as text, leaving it; nested elements are not text. */
  leaf(): void {
    this.start = this.pos
    if (this.empty) {
      this.empty = false
      this.end = this.pos
      return
    }
    const at = this.find('<', this.pos)
    const { length } = this.name
    if (this.text.charCodeAt(at + 1) !== SLASH || !this.text.startsWith(this.name, at + 2)) {
      throw new XmlError(`<${this.name}> is not closed where its text ends`)
    }
    this.end = at
    this.pos = this.find('>', at + 2 + length) + 1
  }

  /** Reads the next element as text if it begins and ends just so; otherwise nothing is read. */
  leafAt(open: string, close: string): boolean {
    const { text } = this
    if (this.empty || !text.startsWith(open, this.pos)) return false
    const start = this.pos + open.length
    const end = text.indexOf('<', start)
    if (end < 0 || !text.startsWith(close, end)) return false
    this.start = start
    this.end = end
    this.pos = end + close.length
    return true
  }

  /** Leaves the element entered last, whatever it holds. */
  skip(): void {
    let depth = 1
    while (depth > 0) {
      depth += this.enter() ? 1 : -1
      if (depth > MAX_DEPTH) throw new XmlError('nested too deeply')
    }
  }

  private open(at: number): void {
    const close = this.find('>', at)
    this.empty = this.text.charCodeAt(close - 1) === SLASH
    let end = at + 1
    const last = this.empty ? close - 1 : close
    while (end < last && this.text.charCodeAt(end) > 32) end++
    if (end === at + 1) throw new XmlError('a tag without a name')
    this.name = this.text.slice(at + 1, end)
    this.pos = close + 1
  }

  private afterMarkup(at: number): number {
    if (this.text.startsWith('<!--', at)) return this.find('-->', at) + 3
    if (this.text.charCodeAt(at + 1) === QUESTION) return this.find('?>', at) + 2
    throw new XmlError('a declaration or CDATA, which S3 never sends')
  }

  private find(wanted: string, from: number): number {
    const at = this.text.indexOf(wanted, from)
    if (at < 0) throw new XmlError('cut off')
    return at
  }
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Decodes the entities of a text: `"a&amp;b&#x2f;"` → `"a&b/"`. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const known = ENTITIES[name] ?? numericEntity(name)
    if (known === undefined || !whole.endsWith(';')) throw new XmlError('an entity that XML does not know')
    return known
  })
}

function numericEntity(name: string): string | undefined {
  const match = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (match === null) return undefined
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}
