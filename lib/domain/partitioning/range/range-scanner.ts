/** A character of a specification after its escapes are resolved. */
interface ScannedCharacter {
  text: string
  escaped: boolean
}

/** A stretch of a specification between separators. */
export interface RangePiece {
  /** Escapes resolved, outer blanks that were not escaped gone. */
  value: string
  /** Whether any character was escaped, so that the piece is no keyword. */
  escaped: boolean
  start: number
  end: number
}

/** Cut by `,`, then `|`, then `/`, none of which is a separator after a backslash. */
export type ScannedItem = { parts: RangePiece[][]; start: number; end: number }

/** Cuts a specification into items, parts and pieces. `dangling` is the offset of a backslash at the very end, or null. */
export function scanSpecification(text: string): { items: ScannedItem[]; dangling: number | null } {
  const items: ScannedItem[] = []
  let item: ScannedItem = { parts: [[]], start: 0, end: 0 }
  let characters: ScannedCharacter[] = []
  let start = 0
  let dangling: number | null = null
  const closePiece = (end: number) => {
    item.parts.at(-1)?.push(toPiece(characters, start, end))
    characters = []
    start = end + 1
  }
  for (let at = 0; at <= text.length; at++) {
    const character = text[at]
    if (character === '\\') {
      const next = text[at + 1]
      if (next === undefined) dangling = at
      else characters.push({ text: next, escaped: true })
      at++
      if (next !== undefined) continue
    }
    if (character === undefined || character === '\\' || character === ',') {
      closePiece(Math.min(at, text.length))
      items.push({ ...item, end: Math.min(at, text.length) })
      item = { parts: [[]], start: at + 1, end: at + 1 }
    } else if (character === '|') {
      closePiece(at)
      item.parts.push([])
    } else if (character === '/') closePiece(at)
    else characters.push({ text: character, escaped: false })
    if (dangling !== null) break
  }
  return { items, dangling }
}

function toPiece(characters: readonly ScannedCharacter[], start: number, end: number): RangePiece {
  const isBlank = ({ text, escaped }: ScannedCharacter) => !escaped && text.trim() === ''
  const first = characters.findIndex((character) => !isBlank(character))
  const kept =
    first < 0 ? [] : characters.slice(first, characters.findLastIndex((character) => !isBlank(character)) + 1)
  return {
    value: kept.map(({ text }) => text).join(''),
    escaped: kept.some(({ escaped }) => escaped),
    start,
    end,
  }
}
