/** Where a mark stands next, looked for once until it has been passed; the end of the text when there is none. */
export class MarkFinder {
  at = -1

  constructor(private readonly mark: string) {}

  next(text: string, from: number): number {
    if (this.at >= from) return this.at
    const found = this.mark === '' ? -1 : text.indexOf(this.mark, from)
    this.at = found < 0 ? text.length : found
    return this.at
  }
}

/** Tells whether a mark stands at a place; `''` stands nowhere. */
export function isAt(text: string, at: number, mark: string): boolean {
  return text.charCodeAt(at) === mark.charCodeAt(0) && (mark.length === 1 || text.startsWith(mark, at))
}

/** Tells whether a UTF-16 unit is the first of the two of a character beyond the BMP. */
export const isFirstHalf = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
