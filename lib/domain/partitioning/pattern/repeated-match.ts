import type { DirectProgram } from './direct-program'
import { isFixed } from './direct-steps'
import type { PathMatch } from './match-reader'

/** Remembers the last match, since keys come sorted and neighbours mostly share their partition. */
export interface RepeatedMatch {
  /** The last match if this path surely has the same, otherwise null. */
  recall(path: string): PathMatch | null
  /** Whether a match is worth keeping for the next path. */
  isAwake(): boolean
  /** Keeps a match; `headEnd` is the offset at which the head of the program ended in the path. */
  keep(path: string, headEnd: number, match: PathMatch): void
}

/** Matches kept in a row without being asked for again, after which the paths are taken to come in no order. */
const MOST_MISSES = 8
/** Paths until the memory is tried again: as many at first, twice as many each time that it was for nothing. */
const SHORTEST_NAP = 64
const LONGEST_NAP = 4096

/**
 * The memory of a program of which paths that begin alike up to the head's end match alike: nothing but `.*`
 * follows the head, and the head ends in a piece of fixed length. Null for other programs. Keeping and comparing costs
 * a third of a match, so it sleeps while neighbours are strangers to one another.
 */
export function createRepeatedMatch({ head, gaps }: DirectProgram): RepeatedMatch | null {
  const last = head.at(-1)
  const [gap] = gaps
  if (gaps.length !== 1 || gap?.block.length !== 0 || last === undefined || !isFixed(last) || last.min === 0)
    return null
  const minRest = gap.min
  let keptPath = ''
  let keptMatch: PathMatch | null = null
  let headEnd = 0
  let misses = 0
  let asleep = 0
  let nap = SHORTEST_NAP
  return {
    recall(path) {
      if (asleep > 0) {
        asleep--
        return null
      }
      if (keptMatch === null || path.length < headEnd + minRest) return null
      // From the back, where dates differ first. `startsWith` with a cut-out head is several times slower.
      for (let at = headEnd - 1; at >= 0; at--) {
        if (path.charCodeAt(at) !== keptPath.charCodeAt(at)) return null
      }
      misses = 0
      nap = SHORTEST_NAP
      return keptMatch
    },
    isAwake: () => asleep === 0,
    keep(path, end, match) {
      keptPath = path
      keptMatch = match
      headEnd = end
      if (++misses <= MOST_MISSES) return
      // One more miss sends it to sleep again: the first path after a nap is only there to be compared with.
      misses = MOST_MISSES - 1
      asleep = nap
      nap = Math.min(2 * nap, LONGEST_NAP)
    },
  }
}
