import { compileDirectProgram } from './direct-program'
import { runDirectProgram } from './direct-run'
import { createMatchReader, type MatchReader, type PathMatch } from './match-reader'
import { createMismatch, LEFT_OVER, type Mismatch } from './mismatch'
import type { PathPattern } from './path-pattern'
import type { PatternNode } from './pattern-nodes'
import { compileRe2Program } from './re2-program'

/** Matches whole paths below a dataset's root against one pattern. Not to be shared between threads. */
export interface PathMatcher {
  /** `direct` reads each character at most once; `re2` is the RE2 engine. Both are linear in the path. */
  readonly strategy: 'direct' | 're2'
  match(path: string): PathMatch
}

/**
 * Compiles a pattern: `compileMatcher(pattern).match('/design/2026/11/22/a.gz')` is
 * `{ ok: true, id: 'design|2026-11-22', values: ['design', '2026-11-22'] }`.
 */
export function compileMatcher(pattern: PathPattern): PathMatcher {
  const reader = createMatchReader(pattern)
  return compileDirect(pattern, reader) ?? compileRe2(pattern, reader)
}

function compileDirect(pattern: PathPattern, reader: MatchReader): PathMatcher | null {
  const program = compileDirectProgram(pattern.root.nodes, reader.slotOf)
  if (program === null) return null
  const { head, free, tail, slots } = program
  const marks = new Int32Array(2 * slots + 1)
  const mismatches = new Map<PatternNode | 'left-over', Mismatch>()
  const explain = (at: PatternNode | 'left-over') => {
    const known = mismatches.get(at)
    if (known !== undefined) return known
    const made = createMismatch(
      'no-match',
      at === 'left-over' ? LEFT_OVER : pattern.text.slice(at.start, at.end),
    )
    mismatches.set(at, made)
    return made
  }
  const last = head.at(-1)
  // Keys come sorted, so that neighbours mostly share a partition. When nothing but `.*` follows the head, and
  // the head ends in a piece of fixed length, paths that begin alike up to there match alike.
  const isRepeatable = free !== null && tail.length === 0 && last !== undefined && last.min === last.max
  let previousHead: string | null = null
  let previous: PathMatch | null = null
  return {
    strategy: 'direct',
    match(path) {
      if (previousHead !== null && previous !== null && path.startsWith(previousHead)) {
        if (free === null || path.length >= previousHead.length + free.min) return previous
      }
      const outcome = runDirectProgram(program, path, marks)
      if (outcome !== 'matched') return explain(outcome)
      const found = reader.read(path, marks)
      if (isRepeatable) {
        previousHead = path.slice(0, marks[2 * slots])
        previous = found
      }
      return found
    },
  }
}

function compileRe2(pattern: PathPattern, reader: MatchReader): PathMatcher {
  const { expression, captured } = compileRe2Program(pattern.root.nodes)
  const slots = captured.map(reader.slotOf)
  const marks = new Int32Array(2 * Math.max(4, ...slots.map((slot) => slot + 1)))
  const mismatch = createMismatch('no-match', null)
  return {
    strategy: 're2',
    match(path) {
      const matcher = expression.matcher(path)
      if (!matcher.matches()) return mismatch
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index] ?? 0
        marks[2 * slot] = matcher.start(index + 1)
        marks[2 * slot + 1] = matcher.end(index + 1)
      }
      return reader.read(path, marks)
    },
  }
}
