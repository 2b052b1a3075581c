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
export interface ScannedItem {
  parts: RangePiece[][]
  start: number
  end: number
  /** It has more pieces than are kept. */
  isCut: boolean
}

/** Pieces of one item that are kept. */
export const MAX_PIECES = 10_000
/** Characters between two pauses. */
const PAUSE_CHARACTERS = 16_384

/** Cuts a specification into items, parts and pieces. */
export class RangeScanner {
  /** The offset of a backslash at the very end, or null. */
  dangling: number | null = null
  private parts: RangePiece[][] = [[]]
  private pieces = 0
  private itemStart = 0
  private pieceStart = 0
  private value = ''
  private keptLength = 0
  private escaped = false

  constructor(private readonly text: string) {}

  /** The items one by one; undefined where nothing came for a while. */
  *items(): Generator<ScannedItem | undefined, void> {
    const { text } = this
    for (let at = 0; at < text.length; at++) {
      if (at % PAUSE_CHARACTERS === 0) yield undefined
      const character = text.charAt(at)
      if (character === ',') yield this.closeItem(at)
      else if (character === '|') this.closePart(at)
      else if (character === '/') this.closePiece(at)
      else if (character !== '\\') this.take(character)
      else if (++at < text.length) this.takeEscaped(text.charAt(at))
      else this.dangling = at - 1
    }
    yield this.closeItem(this.dangling ?? text.length)
  }

  /** Blanks count once something stands before and behind them. */
  private take(character: string) {
    const isBlank = character.trim() === ''
    if (isBlank && this.value === '') return
    this.value += character
    if (!isBlank) this.keptLength = this.value.length
  }

  private takeEscaped(character: string) {
    this.value += character
    this.keptLength = this.value.length
    this.escaped = true
  }

  private closePiece(at: number) {
    const { escaped, pieceStart: start } = this
    if (++this.pieces <= MAX_PIECES)
      this.parts.at(-1)?.push({ value: this.value.slice(0, this.keptLength), escaped, start, end: at })
    this.value = ''
    this.keptLength = 0
    this.escaped = false
    this.pieceStart = at + 1
  }

  private closePart(at: number) {
    this.closePiece(at)
    if (this.pieces < MAX_PIECES) this.parts.push([])
  }

  private closeItem(at: number): ScannedItem {
    this.closePiece(at)
    const item = { parts: this.parts, start: this.itemStart, end: at, isCut: this.pieces > MAX_PIECES }
    this.parts = [[]]
    this.pieces = 0
    this.itemStart = at + 1
    return item
  }
}
