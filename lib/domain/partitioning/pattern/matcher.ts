import { createAutomaton } from './automaton'
import { compileDirectProgram, type DirectProgram, splitHead } from './direct-program'
import { type Marks, type RunOutcome, runDirectProgram, runHead } from './direct-run'
import { createMatchReader, type MatchReader, type PathMatch } from './match-reader'
import { createMismatch, LEFT_OVER, type Mismatch } from './mismatch'
import { compileNativeProgram } from './native-program'
import type { PathPattern } from './path-pattern'
import type { PatternNode } from './pattern-nodes'
import { createRepeatedMatch } from './repeated-match'

/** Matches whole paths below a dataset's root against one pattern. Not to be shared between threads. */
export interface PathMatcher {
  /**
   * How paths are matched, linear in the path in every case: `direct` by a program of steps, others with the head, if
   * any, by such a program and the rest by an automaton.
   */
  readonly strategy: 'direct' | 'automaton'
  match(path: string): PathMatch
}

/**
 * Compiles a pattern: `compileMatcher(pattern).match('/design/2026/11/22/a.gz')` is
 * `{ ok: true, id: 'design|2026-11-22', values: ['design', '2026-11-22'] }`.
 */
export function compileMatcher(pattern: PathPattern): PathMatcher {
  const reader = createMatchReader(pattern)
  const program = compileDirectProgram(pattern.root.nodes, reader.slotOf)
  if (program !== null) return createDirectMatcher(pattern, program, reader)
  return createOtherMatcher(pattern, reader)
}

function createDirectMatcher(pattern: PathPattern, program: DirectProgram, reader: MatchReader): PathMatcher {
  const marks: Marks = { offsets: new Int32Array(2 * reader.slots), headEnd: 0 }
  const native = compileNativeProgram(program, reader.slots)
  const repeated = createRepeatedMatch(program)
  const explain = createExplainer(pattern)
  return {
    strategy: 'direct',
    match(path) {
      const known = repeated?.recall(path)
      if (known != null) return known
      const found = native === null ? null : native.expression.exec(path)
      if (native !== null && found !== null) {
        const match = reader.readGroups(found, native)
        if (native.headEndOf !== null && repeated?.isAwake())
          repeated.keep(path, native.headEndOf(found), match)
        return match
      }
      const outcome = runDirectProgram(program, path, marks)
      if (outcome !== 'matched') return explain(outcome)
      const match = reader.read(path, marks.offsets)
      if (repeated?.isAwake()) repeated.keep(path, marks.headEnd, match)
      return match
    },
  }
}

function createOtherMatcher(pattern: PathPattern, reader: MatchReader): PathMatcher {
  const { head, rest } = splitHead(pattern.root.nodes, reader.slotOf)
  const marks: Marks = { offsets: new Int32Array(2 * reader.slots), headEnd: 0 }
  const capture = createAutomaton(rest, reader.slotOf)
  const explain = createExplainer(pattern)
  const restMismatch = createMismatch(
    'no-match',
    head.length === 0 ? null : pattern.text.slice(rest[0]?.start ?? 0),
  )
  return {
    strategy: 'automaton',
    match(path) {
      const stopped = runHead(head, path, path.length, marks)
      if (stopped !== null) return explain(stopped)
      if (!capture(path, marks.headEnd, marks.offsets)) return restMismatch
      return reader.read(path, marks.offsets)
    },
  }
}

/** Gives the same mismatch object for the same place, however many paths stop there. */
function createExplainer({ text }: PathPattern): (at: Exclude<RunOutcome, 'matched'>) => Mismatch {
  const known = new Map<PatternNode | 'left-over', Mismatch>()
  return (at) => {
    const found = known.get(at)
    if (found !== undefined) return found
    const made = createMismatch('no-match', at === 'left-over' ? LEFT_OVER : text.slice(at.start, at.end))
    known.set(at, made)
    return made
  }
}
