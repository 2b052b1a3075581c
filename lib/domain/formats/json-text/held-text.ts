import { ownText } from '../own-text'

/** A record with more UTF-16 units is not held. */
export const MAX_HELD_CHARS = 8 * 1024 * 1024
/** What is kept of the begin of a record that is not held. */
export const SHOWN_CHARS = 64 * 1024
const EXCERPT_CHARS = 100

/** The text of a record that comes in pieces; of one that grows too large only the begin is kept. */
export class HeldText {
  chars = 0
  private parts: string[] = []
  private tail = ''

  add(part: string): void {
    if (part === '') return
    const wasHeld = this.chars <= MAX_HELD_CHARS
    this.chars += part.length
    this.tail = (this.tail + part.slice(-EXCERPT_CHARS)).slice(-EXCERPT_CHARS)
    if (this.chars <= MAX_HELD_CHARS) this.parts.push(part)
    else if (wasHeld) this.parts = [firstOf(this.parts.join('') + part.slice(0, SHOWN_CHARS))]
  }

  get firstCode(): number {
    return this.parts[0]?.charCodeAt(0) ?? 0
  }

  /** The whole text, or the begin of it. */
  text(): string {
    return this.parts.join('')
  }

  /** The end of it, and what follows there: an excerpt for people. */
  excerpt(following: string): string {
    return excerptOf(this.tail + following)
  }
}

/** At most 100 characters, the last ones. */
export const excerptOf = (text: string): string => text.slice(-EXCERPT_CHARS).toWellFormed()

/** The first 64 Ki characters, without half a character. */
export function firstOf(text: string): string {
  const first = ownText(text.slice(0, SHOWN_CHARS))
  return first.isWellFormed() ? first : first.slice(0, -1)
}
