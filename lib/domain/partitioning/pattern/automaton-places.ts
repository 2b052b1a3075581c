import { ASSERTIONS, type AutomatonProgram, type Count, OPS } from './automaton-program'
import { type AutomatonSpans, findCloses, findSpans } from './automaton-spans'
import { PathCharacters } from './path-characters'
import { bitsBelow, countLowBits, EVERY_BIT, goThrough, spread } from './place-bits'
import type { WordEnds } from './word-ends'
import type { WordList } from './word-list'

/** More characters than keys have, and few enough to add without overflow. */
const ENDLESS = 1 << 29

/**
 * From which places of a path each instruction of a program can go on to the end. Places are counted from the path's end:
 * 0 is the end, and character p stands between the places p and p + 1. A set of places is a row of bits, 32 to a word.
 * Instructions lead to earlier ones, so that each is worked out once, for all places in a row; a loop, word by word, is gone
 * through until it finds nothing more: at most once for each character.
 */
export class AutomatonPlaces {
  /** Of the path last read. */
  readonly characters: PathCharacters
  private readonly spans: AutomatonSpans
  /** For each instruction at which an outermost loop begins, where it is closed; otherwise 0. */
  private readonly closes: Int32Array
  /** Words of a row. */
  private words = 0
  /** By instruction: the places from which it can go on to the end. */
  private fits = new Int32Array()
  /** What instructions in loops carry from one word to the next, and the starts of their runs. */
  private readonly carried: Int32Array
  private readonly carriedOn: Int32Array
  private readonly runStarts: Int32Array
  private readonly runStartsOn: Int32Array

  constructor(private readonly program: AutomatonProgram) {
    const zeros = () => new Int32Array(program.ops.length)
    this.characters = new PathCharacters(program.sets, program.words.length > 0)
    this.spans = findSpans(program)
    this.closes = findCloses(program)
    this.carried = zeros()
    this.carriedOn = zeros()
    this.runStarts = zeros()
    this.runStartsOn = zeros()
  }

  /** Whether an instruction can go on to the end from a place. */
  canGoOn(instruction: number, place: number): boolean {
    return (((this.fits[instruction * this.words + (place >>> 5)] as number) >>> (place & 31)) & 1) === 1
  }

  /** The place nearest to the path's end, at or before a place, from which an instruction can go on; there has to be one. */
  firstFit(instruction: number, from: number): number {
    const row = instruction * this.words
    let word = from >>> 5
    let bits = (this.fits[row + word] as number) & (EVERY_BIT << (from & 31))
    while (bits === 0) bits = this.fits[row + ++word] as number
    return 32 * word + countLowBits(~bits)
  }

  /** The same nearest to the path's beginning, at or behind a place. */
  lastFit(instruction: number, from: number): number {
    const row = instruction * this.words
    let word = from >>> 5
    let bits = (this.fits[row + word] as number) & (EVERY_BIT >>> (31 - (from & 31)))
    while (bits === 0) bits = this.fits[row + --word] as number
    return 32 * word + 31 - Math.clz32(bits)
  }

  /** Reads a path from its end back to an offset; false if the program does not match it. */
  read(path: string, from: number): boolean {
    const length = this.characters.read(path, from)
    this.clear((length >>> 5) + 1)
    const { behind, before } = this.spans
    for (let at = 0; at < behind.length; at++) {
      const close = this.closes[at] as number
      if (close > 0) {
        this.goThroughLoop(at, close)
        at = close
      } else this.work(at, (behind[at] as number) >> 5, (length - (before[at] as number)) >> 5)
    }
    return this.canGoOn(this.program.entry, length)
  }

  private clear(words: number): void {
    this.words = words
    const size = words * this.carried.length
    if (size > this.fits.length) this.fits = new Int32Array(2 * size)
    else this.fits.fill(0, 0, size)
  }

  private goThroughLoop(first: number, close: number): void {
    const { ops, a, b } = this.program
    const { fits, words, carried, carriedOn, runStarts, runStartsOn } = this
    carried.fill(0, first, close)
    runStarts.fill(0, first, close)
    const last = this.words - 1
    for (let word = 0; word <= last; word++) {
      for (let at = first; at <= close; at++) {
        if (ops[at] !== OPS.close) {
          this.work(at, word, word)
          continue
        }
        const again = a[at] as number
        const known = fits[again * words + word] as number
        const found = fits[(b[at] as number) * words + word] as number
        if ((found & ~known) === 0) continue
        fits[again * words + word] = known | found
        at = again - 1
      }
      for (let at = first; at < close; at++) {
        carried[at] = carriedOn[at] as number
        runStarts[at] = runStartsOn[at] as number
      }
    }
  }

  /** Works out an instruction for a row of words. */
  private work(at: number, first: number, last: number): void {
    const { ops, a, alone } = this.program
    const op = ops[at]
    if (op === OPS.one) this.takeOne(at, first, last, 0)
    else if (op === OPS.option) this.takeOne(at, first, last, EVERY_BIT)
    else if (op === OPS.several) this.takeSeveral(at, first, last)
    else if (op === OPS.star) this.flood(at, a[at] as number, first, last)
    else if (op === OPS.loop) this.flood(at, alone[at] as number, first, last)
    else if (op === OPS.split) this.split(at, first, last)
    else if (op === OPS.run) this.run(at, first, last)
    else if (op === OPS.words) this.takeWords(at, first, last)
    else if (op === OPS.choice) this.choose(at, first, last)
    else if (op === OPS.assert) this.hold(at, first, last)
    else this.fits[0] = 1
  }

  /** A character, or none if what is `kept` are all bits. */
  private takeOne(at: number, first: number, last: number, kept: number): void {
    const { fits, words } = this
    const { inSet } = this.characters
    const set = (this.program.a[at] as number) * words
    const next = (this.program.b[at] as number) * words
    const own = at * words
    let carried = this.carried[at] as number
    for (let word = first; word <= last; word++) {
      const places = fits[next + word] as number
      const taken = places & (inSet[set + word] as number)
      fits[own + word] = (places & kept) | (taken << 1) | carried
      carried = taken >>> 31
    }
    this.carriedOn[at] = carried
  }

  private takeSeveral(at: number, first: number, last: number): void {
    const { a, b, c, lists } = this.program
    const { fits, words } = this
    const { inSet } = this.characters
    const list = a[at] as number
    const next = (b[at] as number) * words
    let carriedOn = this.carried[at] as number
    for (let word = first; word <= last; word++) {
      let found = fits[next + word] as number
      let carried = carriedOn
      carriedOn = 0
      // Once nothing is left, neither in this word nor from the one before, nothing comes again.
      for (let bit = 0, left = c[at] as number; left > 0 && (found | carried) !== 0; bit++, carried >>>= 1) {
        const taken = found & (inSet[(lists[list + --left] as number) * words + word] as number)
        found = (taken << 1) | (carried & 1)
        carriedOn |= (taken >>> 31) << bit
      }
      fits[at * words + word] = found
    }
    this.carriedOn[at] = carriedOn
  }

  /**
   * What stands at the next and, of a loop, at the instruction itself already; and, if there is a set, the places that its
   * characters lead to: an addition carries a place through them, to the first character that is not in the set.
   */
  private flood(at: number, set: number, first: number, last: number): void {
    const { fits, words } = this
    const { inSet } = this.characters
    const next = (this.program.b[at] as number) * words
    const own = at * words
    let carried = this.carried[at] as number
    for (let word = first; word <= last; word++) {
      const taken = set < 0 ? 0 : (inSet[set * words + word] as number)
      const places = (fits[next + word] as number) | (fits[own + word] as number) | carried
      const begins = places & taken
      const sum = (begins + taken) | 0
      fits[own + word] = (sum ^ taken) | places
      carried = (begins | (taken & ~sum)) >>> 31
    }
    this.carriedOn[at] = carried
  }

  /** Goes on from places with enough characters behind them, up to as many more as are allowed. */
  private run(at: number, first: number, last: number): void {
    const { a, b, c, counts } = this.program
    const { min, max } = counts[c[at] as number] as Count
    const more = Math.min(max - min, ENDLESS)
    let runStart = this.runStarts[at] as number
    let lastEnough = (this.carried[at] as number) - 1
    for (let word = first; word <= last; word++) {
      const start = 32 * word
      const taken = this.characters.inSet[(a[at] as number) * this.words + word] as number
      const tooNear = min === 0 ? 0 : spread(~taken << 1, min - 1) | bitsBelow(runStart + min - start)
      const enough = this.fitsFrom(b[at] as number, start - min) & ~tooNear
      // What is near one place and led to from another is near that one too: it is the later one.
      let found = spread(enough, more) & goThrough(enough, taken)
      if (lastEnough >= runStart)
        found |= bitsBelow(Math.min(lastEnough + more - start, countLowBits(taken)) + 1)
      if (enough !== 0) lastEnough = start + 31 - Math.clz32(enough)
      if (taken !== EVERY_BIT) runStart = start + 32 - Math.clz32(~taken)
      this.fits[at * this.words + word] = found
    }
    this.carriedOn[at] = lastEnough + 1
    this.runStartsOn[at] = runStart
  }

  /** Places that a word leads from to one that fits; words are in no loop. */
  private takeWords(at: number, first: number, last: number): void {
    const { a, b, words: lists } = this.program
    const { backward } = lists[a[at] as number] as WordList
    const { codePoints, length } = this.characters
    const next = b[at] as number
    const end = Math.min(length, 32 * last + 31)
    let node = 0
    for (let place = Math.max(0, 32 * first - backward.longest); ; place++) {
      if (backward.isEnd[node] === 1 && this.leadsToFit(next, place, node, backward)) {
        const index = at * this.words + (place >>> 5)
        this.fits[index] = (this.fits[index] as number) | (1 << (place & 31))
      }
      if (place >= end) return
      node = backward.next(node, codePoints[place] as number)
    }
  }

  /** Whether a word that begins at a place, of those of a node, ends where an instruction fits. */
  private leadsToFit(next: number, place: number, node: number, { lengths, rowWords }: WordEnds): boolean {
    for (let word = 0; word < rowWords; word++) {
      const wanted = lengths[node * rowWords + word] as number
      if (wanted !== 0 && (wanted & this.fitsFrom(next, place - 32 * word - 31)) !== 0) return true
    }
    return false
  }

  /** A word of the places that an instruction fits at, from any place on. */
  private fitsFrom(instruction: number, start: number): number {
    const index = instruction * this.words + (start >> 5)
    const shift = start & 31
    const low = start < 0 ? 0 : (this.fits[index] as number) >>> shift
    const hasMore = shift !== 0 && start > -32
    return hasMore ? low | ((this.fits[index + 1] as number) << (32 - shift)) : low
  }

  private split(at: number, first: number, last: number): void {
    const { fits, words } = this
    const one = (this.program.a[at] as number) * words
    const other = (this.program.b[at] as number) * words
    for (let word = first; word <= last; word++)
      fits[at * words + word] = (fits[one + word] as number) | (fits[other + word] as number)
  }

  private choose(at: number, first: number, last: number): void {
    const { a, c, lists } = this.program
    const { fits, words } = this
    const begin = a[at] as number
    const end = begin + (c[at] as number)
    for (let word = first; word <= last; word++) {
      let found = 0
      for (let index = begin; index < end; index++)
        found |= fits[(lists[index] as number) * words + word] as number
      fits[at * words + word] = found
    }
  }

  private hold(at: number, first: number, last: number): void {
    const { fits, words } = this
    const next = (this.program.b[at] as number) * words
    for (let word = first; word <= last; word++)
      fits[at * words + word] = (fits[next + word] as number) & this.holds(this.program.a[at] as number, word)
  }

  private holds(assertion: number, word: number): number {
    const { inSet, length } = this.characters
    const source = ASSERTIONS[assertion]
    const lastWord = length >>> 5
    if (source === '$') return word === 0 ? 1 : 0
    if (source === '^') return word === lastWord ? 1 << (length & 31) : 0
    const index = this.program.wordSet * this.words + word
    const carried = word === 0 ? 0 : (inSet[index - 1] as number) >>> 31
    // Behind the last character, a set holds what it does not lack.
    const existing = word === lastWord ? (1 << (length & 31)) - 1 : EVERY_BIT
    const before = (inSet[index] as number) & existing
    const boundaries = before ^ ((before << 1) | carried)
    return source === '\\b' ? boundaries : ~boundaries
  }
}
