/**
 * Words that share their beginnings, node 0 being where all begin. The nodes are found by the node and the character before
 * them in one hash table, which stays small however many characters there are to choose from.
 */
export class WordTrie {
  /** By node: the first of the words that end there, or -1. */
  readonly wordAt: Int32Array
  /** The node before each, which is always a smaller one, and the character between. */
  readonly parentOf: Int32Array
  readonly codePointOf: Int32Array
  /** How many nodes there are. */
  readonly size: number
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
    this.size = nodes
  }

  /** The node behind another and a character, or 0 if no word goes on so. */
  next(node: number, codePoint: number): number {
    return this.slots[this.findSlot(node, codePoint)] as number
  }

  private findSlot(node: number, codePoint: number): number {
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(codePoint, 0x85ebca6b)) >>> 7
    for (slot &= this.mask; ; slot = (slot + 1) & this.mask) {
      const found = this.slots[slot] as number
      if (found === 0 || (this.parentOf[found] === node && this.codePointOf[found] === codePoint)) return slot
    }
  }
}
