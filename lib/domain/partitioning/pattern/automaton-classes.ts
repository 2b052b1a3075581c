import { contains, type Ranges } from './char-set'

/** Characters in classes of those that a program cannot tell apart. */
export interface CharacterClasses {
  count: number
  /** The class of each ASCII character. */
  ascii: Uint16Array
  /** The class of any character. */
  classOf(codePoint: number): number
  /** For each set of the program, the classes that it holds, or those that it lacks where they are fewer. */
  sets: readonly ClassList[]
}

interface ClassList {
  classes: Int32Array
  areLacking: boolean
}

const ASCII = 128

/** The classes of some sets. */
export function classifyCharacters(sets: readonly Ranges[]): CharacterClasses {
  const starts = [
    ...new Set([0, ...sets.flatMap((set) => set.flatMap(([from, to]) => [from, to + 1]))]),
  ].sort((a, b) => a - b)
  const classes = new Map<string, number>()
  const classAt = starts.map((start) => {
    const signature = sets.map((set) => (contains(set, start) ? 1 : 0)).join('')
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
  return {
    count: classes.size,
    ascii: Uint16Array.from({ length: ASCII }, (_, codePoint) => classOf(codePoint)),
    classOf,
    sets: sets.map((_, set) => listClasses(signatures, set)),
  }
}

function listClasses(signatures: readonly string[], set: number): ClassList {
  const where = (sign: string) =>
    Int32Array.from(signatures.flatMap((signature, index) => (signature[set] === sign ? [index] : [])))
  const [held, lacking] = [where('1'), where('0')]
  const areLacking = lacking.length < held.length
  return { classes: areLacking ? lacking : held, areLacking }
}
