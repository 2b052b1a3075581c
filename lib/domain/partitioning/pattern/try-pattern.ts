import { describeAnatomy } from '../anatomy'
import { createLedger, recordMatched, recordUnmatched } from '../ledger'
import { type LedgerWire, toLedgerWire } from '../ledger-wire'
import { compileMatcher } from './matcher'
import type { PathPattern, PatternReading } from './path-pattern'
import type { Span } from './pattern-nodes'

/** How a pattern does on some paths, in the words of a listing. */
export type PatternTrial = Pick<LedgerWire, 'matched' | 'unmatched' | 'unmatchedGroups'>

/** Tries a pattern on example paths: how many match, and the others grouped by why they do not. */
export function tryPattern(pattern: PathPattern, paths: readonly string[]): PatternTrial {
  const matcher = compileMatcher(pattern)
  const ledger = createLedger()
  for (const path of paths) {
    const match = matcher.match(path)
    if (match.ok) recordMatched(ledger, match.id, { path, sizeBytes: 0, changedAt: 0 })
    else recordUnmatched(ledger, match, { path })
  }
  const { matched, unmatched, unmatchedGroups } = toLedgerWire(ledger)
  return { matched, unmatched, unmatchedGroups }
}

/**
 * The first place at which a path differs from a pattern: a name from where it stops fitting, or the date or the value that
 * cannot be. Null where nothing can be pointed at.
 */
export function findDifference(reading: PatternReading, path: string): Span | null {
  const { groups, stoppedAt } = describeAnatomy(reading, path)
  if (stoppedAt === null) {
    const illegal = groups.find(({ kind, text }) => kind === 'value' && /[|\p{Cc}]/u.test(text))
    return illegal ?? groups.find(({ kind }) => kind === 'time') ?? null
  }
  // A path that ends too early is pointed at by its last name.
  const at = stoppedAt < path.length ? stoppedAt : path.lastIndexOf('/')
  const from = path[at] === '/' && at + 1 < path.length ? at + 1 : Math.max(0, at)
  const slash = path.indexOf('/', from + 1)
  const end = slash === -1 ? path.length : slash
  return from < end ? { start: from, end } : null
}
