import { WordTrie } from './word-trie'

/**
 * Finds, in one pass over a text, the words that end at each place, however they overlap. Where no word goes on, the longest
 * end of what was read that some word begins with is gone on with, as Aho and Corasick do it; what ends at a place is a row of
 * bits, one for each length that a word may have.
 */
export class WordEnds {
  /** Words of 32 bits in a row of lengths. */
  readonly rowWords: number
  /** By node, the lengths of the words that end there: length n is bit 31 - n % 32 of word n / 32, so that rows are like places. */
  readonly lengths: Int32Array
  /** By node: whether any word ends there. */
  readonly isEnd: Uint8Array
  private readonly trie: WordTrie
  /** By node: the longest of its ends that is a node too. */
  private readonly shorter: Int32Array

  constructor(
    words: readonly (readonly number[])[],
    readonly longest: number,
  ) {
    this.trie = new WordTrie(words)
    const { size, parentOf, wordAt } = this.trie
    const depthOf = new Int32Array(size)
    for (let node = 1; node < size; node++) depthOf[node] = (depthOf[parentOf[node] as number] as number) + 1
    this.shorter = new Int32Array(size)
    this.rowWords = (longest >>> 5) + 1
    this.lengths = new Int32Array(size * this.rowWords)
    this.isEnd = new Uint8Array(size)
    // Ends are shorter than what they are ends of.
    const byDepth = Array.from({ length: size }, (_, node) => node).sort(
      (a, b) => (depthOf[a] as number) - (depthOf[b] as number),
    )
    for (const node of byDepth) {
      if ((depthOf[node] as number) > 1) this.shorter[node] = this.findShorter(node)
      this.collect(node, (wordAt[node] as number) >= 0 ? (depthOf[node] as number) : -1)
    }
  }

  /** The node of what was read, once a further character is: 0 where no word begins with an end of it. */
  next(node: number, codePoint: number): number {
    for (let from = node; ; from = this.shorter[from] as number) {
      const found = this.trie.next(from, codePoint)
      if (found !== 0 || from === 0) return found
    }
  }

  private findShorter(node: number): number {
    const { parentOf, codePointOf } = this.trie
    return this.next(this.shorter[parentOf[node] as number] as number, codePointOf[node] as number)
  }

  private collect(node: number, length: number): void {
    const { rowWords, lengths, isEnd } = this
    const shorter = this.shorter[node] as number
    if (node !== 0) {
      for (let word = 0; word < rowWords; word++)
        lengths[node * rowWords + word] = lengths[shorter * rowWords + word] as number
      isEnd[node] = isEnd[shorter] as number
    }
    if (length < 0) return
    const index = node * rowWords + (length >>> 5)
    lengths[index] = (lengths[index] as number) | (1 << (31 - (length & 31)))
    isEnd[node] = 1
  }
}
