import { contains, type Ranges, WORD } from './char-set'

/** Characters in classes of those that a program cannot tell apart. */
export interface CharacterClasses {
  count: number
  /** The class of each ASCII character. */
  ascii: Uint16Array
  /** The class of any character. */
  classOf(codePoint: number): number
  /** For each set of the program, 1 for the classes that it holds. */
  members: readonly Uint8Array[]
  /** 1 for the classes of word characters, if the program asks for them. */
  words: Uint8Array
}

const ASCII = 128

/** The classes of some sets; words are told apart only where `withWords`. */
export function classifyCharacters(sets: readonly Ranges[], withWords: boolean): CharacterClasses {
  const all = withWords ? [...sets, WORD] : sets
  const starts = [...new Set([0, ...all.flatMap((set) => set.flatMap(([from, to]) => [from, to + 1]))])].sort(
    (a, b) => a - b,
  )
  const classes = new Map<string, number>()
  const classAt = starts.map((start) => {
    const signature = all.map((set) => (contains(set, start) ? 1 : 0)).join('')
    const known = classes.get(signature) ?? classes.size
    classes.set(signature, known)
    return known
  })
  const classOf = (codePoint: number): number => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= codePoint) low = middle
      else high = middle
    }
    return classAt[low] as number
  }
  const signatures = [...classes.keys()]
  const table = (set: number) => Uint8Array.from(signatures, (signature) => Number(signature[set]))
  return {
    count: classes.size,
    ascii: Uint16Array.from({ length: ASCII }, (_, codePoint) => classOf(codePoint)),
    classOf,
    members: sets.map((_, index) => table(index)),
    words: withWords ? table(sets.length) : new Uint8Array(classes.size),
  }
}
