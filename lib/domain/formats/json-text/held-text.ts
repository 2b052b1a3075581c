import { ownText } from '../own-text'

/** How much of a text is held, in UTF-16 units. */
export interface HeldSizes {
  /** A longer one is not held. */
  most: number
  /** What is kept of the begin of one that is not held. */
  shown: number
}

/** A record with more UTF-16 units is not held. */
export const MAX_HELD_CHARS = 8 * 1024 * 1024
export const HELD_RECORD: HeldSizes = { most: MAX_HELD_CHARS, shown: 64 * 1024 }
const EXCERPT_CHARS = 100

/** A text that comes in pieces; of one that grows too large only the begin is kept. */
export class HeldText {
  /** All that came, in UTF-16 units. */
  chars = 0
  private parts: string[] = []

  constructor(private readonly sizes: HeldSizes) {}

  get isTooLarge(): boolean {
    return this.chars > this.sizes.most
  }

  add(part: string): void {
    if (part === '') return
    const wasHeld = !this.isTooLarge
    this.chars += part.length
    if (!this.isTooLarge) this.parts.push(part)
    else if (wasHeld) this.parts = [firstOf(this.text() + part.slice(0, this.sizes.shown), this.sizes)]
  }

  get firstCode(): number {
    return this.parts[0]?.charCodeAt(0) ?? 0
  }

  /** The whole text, or the begin of it. */
  text(): string {
    return this.parts.join('')
  }
}

/** At most 100 characters, the last ones. */
export const excerptOf = (text: string): string => text.slice(-EXCERPT_CHARS).toWellFormed()

/** The first characters that are shown of a text, without half a character. */
export function firstOf(text: string, { shown }: HeldSizes): string {
  const first = ownText(text.slice(0, shown))
  return first.isWellFormed() ? first : first.slice(0, -1)
}
