import type { DirectProgram } from './direct-program'
import { isFixed } from './direct-steps'
import type { PathMatch } from './match-reader'

/** Remembers the last match, since keys come sorted and neighbours mostly share their partition. */
export interface RepeatedMatch {
  /** The last match if this path surely has the same, otherwise null. */
  recall(path: string): PathMatch | null
  /** Keeps a match; `headEnd` is the offset at which the head of the program ended in the path. */
  keep(path: string, headEnd: number, match: PathMatch): void
}

/**
 * The memory of a program of which paths that begin alike up to the head's end match alike: nothing but `.*`
 * follows the head, and the head ends in a piece of fixed length. Null for other programs.
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
  return {
    recall(path) {
      if (keptMatch === null || path.length < headEnd + minRest) return null
      // From the back, where dates differ first. `startsWith` with a cut-out head is several times slower.
      for (let at = headEnd - 1; at >= 0; at--) {
        if (path.charCodeAt(at) !== keptPath.charCodeAt(at)) return null
      }
      return keptMatch
    },
    keep(path, end, match) {
      keptPath = path
      keptMatch = match
      headEnd = end
    },
  }
}
