/** Words to choose from: the first that lets the rest match is taken. */
export interface WordList {
  /** Characters of the shortest and of the longest word. */
  shortest: number
  longest: number
  /** The words as they are read forward and, from their ends on, backward. */
  forward: WordTrie
  backward: WordTrie
}

interface Characters {
  codePoints: Int32Array
  length: number
}

/** Words in the order of their preference; one may be empty, and some may be the same. */
export function createWordList(texts: readonly string[]): WordList {
  const words = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0))
  const lengths = words.map((word) => word.length)
  return {
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
    forward: new WordTrie(words),
    backward: new WordTrie(words.map((word) => word.toReversed())),
  }
}

/**
 * Words that share their beginnings, node 0 being where all begin. The nodes are found by the node and the character before
 * them in one hash table, which stays small however many characters there are to choose from.
 */
export class WordTrie {
  /** By node: the first of the words that end there, or -1. */
  readonly wordAt: Int32Array
  private readonly parentOf: Int32Array
  private readonly codePointOf: Int32Array
  /** The nodes by their hash; 0 where there is none. */
  private readonly slots: Int32Array
  private readonly mask: number

  constructor(words: readonly (readonly number[])[]) {
    const most = words.reduce((sum, word) => sum + word.length, 1)
    this.wordAt = new Int32Array(most).fill(-1)
    this.parentOf = new Int32Array(most)
    this.codePointOf = new Int32Array(most)
    this.mask = 2 ** Math.ceil(Math.log2(4 * most)) - 1
    this.slots = new Int32Array(this.mask + 1)
    let nodes = 1
    for (const [index, word] of words.entries()) {
      let node = 0
      for (const codePoint of word) {
        const slot = this.findSlot(node, codePoint)
        if (this.slots[slot] === 0) {
          this.parentOf[nodes] = node
          this.codePointOf[nodes] = codePoint
          this.slots[slot] = nodes++
        }
        node = this.slots[slot] as number
      }
      if (this.wordAt[node] === -1) this.wordAt[node] = index
    }
  }

  /** The node behind another and a character, or 0 if no word goes on so. */
  next(node: number, codePoint: number): number {
    return this.slots[this.findSlot(node, codePoint)] as number
  }

  /** Marks in a row of bits where words end that begin at a place, places being counted as the characters are. */
  markEnds({ codePoints, length }: Characters, start: number, bits: Int32Array, row: number): void {
    let node = 0
    for (let place = start; ; place++) {
      if ((this.wordAt[node] as number) >= 0) {
        const index = row + (place >>> 5)
        bits[index] = (bits[index] as number) | (1 << (place & 31))
      }
      if (place === length) return
      node = this.next(node, codePoints[place] as number)
      if (node === 0) return
    }
  }

  private findSlot(node: number, codePoint: number): number {
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(codePoint, 0x85ebca6b)) >>> 7
    for (slot &= this.mask; ; slot = (slot + 1) & this.mask) {
      const found = this.slots[slot] as number
      if (found === 0 || (this.parentOf[found] === node && this.codePointOf[found] === codePoint)) return slot
    }
  }
}
