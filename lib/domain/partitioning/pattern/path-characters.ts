import { type CharacterClasses, classifyCharacters } from './automaton-classes'
import type { Ranges } from './char-set'
import { bitsBelow } from './place-bits'

/** The characters of a path as bits, 32 to a word: which are in which set. They are counted from the path's end. */
export class PathCharacters {
  /** How many there are: fewer than UTF-16 units if `hasPairs`. */
  length = 0
  hasPairs = false
  /** By set, in rows of words: the characters in it, and any bits behind the last. */
  inSet = new Int32Array()
  /** The characters themselves, if they are asked for. */
  codePoints = new Int32Array()
  private words = 0
  private readonly classes: CharacterClasses
  private ofClass = new Int32Array()

  constructor(
    sets: readonly Ranges[],
    private readonly hasCodePoints = false,
  ) {
    this.classes = classifyCharacters(sets)
  }

  /** The place up to which the characters behind a place are all in a set. */
  endOfRun(set: number, place: number): number {
    const row = set * this.words
    let word = place >>> 5
    let others = ~(this.inSet[row + word] as number) & bitsBelow(place & 31)
    while (others === 0 && word > 0) others = ~(this.inSet[row + --word] as number)
    return others === 0 ? 0 : 32 * word + 32 - Math.clz32(others)
  }

  /** Reads a path from an offset on, and tells how many characters there are. */
  read(path: string, from: number): number {
    this.hasPairs = false
    this.clear(path.length - from)
    if (this.hasCodePoints) this.readCodePoints(path, from)
    this.length = this.classify(path, from)
    if (this.hasPairs) {
      // Fewer characters may need fewer words, and rows have no others.
      this.clear(this.length)
      this.classify(path, from)
    }
    this.findSets()
    return this.length
  }

  private clear(length: number): void {
    const { count, sets } = this.classes
    this.words = (length >>> 5) + 1
    const size = this.words * count
    if (size > this.ofClass.length) {
      this.ofClass = new Int32Array(2 * size)
      this.inSet = new Int32Array(2 * this.words * sets.length)
    } else this.ofClass.fill(0, 0, size)
  }

  private classify(path: string, from: number): number {
    const { ofClass, words } = this
    const { ascii, classOf } = this.classes
    let character = 0
    for (let at = path.length - 1; at >= from; at--, character++) {
      const unit = path.charCodeAt(at)
      let column = 0
      if (unit < 128) column = ascii[unit] as number
      else {
        if (at > from && isPair(path, at - 1)) {
          at--
          this.hasPairs = true
        }
        column = classOf(path.codePointAt(at) as number)
      }
      const index = column * words + (character >>> 5)
      ofClass[index] = (ofClass[index] as number) | (1 << (character & 31))
    }
    return character
  }

  private readCodePoints(path: string, from: number): void {
    const { length } = path
    if (length > this.codePoints.length) this.codePoints = new Int32Array(2 * length)
    let character = 0
    for (let at = length - 1; at >= from; at--, character++) {
      if (at > from && isPair(path, at - 1)) at--
      this.codePoints[character] = path.codePointAt(at) as number
    }
  }

  private findSets(): void {
    const { sets } = this.classes
    const { ofClass, inSet, words } = this
    for (let set = 0; set < sets.length; set++) {
      const { classes, areLacking } = sets[set] as (typeof sets)[number]
      for (let word = 0; word < words; word++) {
        let found = 0
        for (let at = 0; at < classes.length; at++)
          found |= ofClass[(classes[at] as number) * words + word] as number
        inSet[set * words + word] = areLacking ? ~found : found
      }
    }
  }
}

/** Whether two units from an offset on are one character. */
export function isPair(path: string, at: number): boolean {
  return (path.charCodeAt(at) & 0xfc00) === 0xd800 && (path.charCodeAt(at + 1) & 0xfc00) === 0xdc00
}
