import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { readPathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { tryPattern } from '#lib/domain/partitioning/pattern/try-pattern'
import type { Issue } from '#lib/domain/result'

/** What would mend a mistake, and the words of its button: `Insert /%M`. */
export interface PatternFix {
  label: string
  pattern: string
}

/** Mends what is merely missing, where its place is known; null for other mistakes. */
export function fixPattern(pattern: string, issue: Issue): PatternFix | null {
  const missing = /^(%[YMDH]|%\{[^}]*\}) is missing/.exec(issue.message)?.[1]
  if (!missing) return null
  if (issue.reason === 'missing-specifier') return insertAt(pattern, missing, issue.start ?? 0)
  if (issue.reason !== 'missing-dimension') return null
  const tail = /\/?\.\*\$?$/.exec(pattern)
  return insertAt(pattern, missing, tail ? tail.index : pattern.length)
}

/** The pattern with days and months exchanged, where that matches more of the examples; null where it does not. */
export function findSwap(
  pattern: string,
  dimensions: readonly Dimension[],
  examples: readonly string[],
  matched: number,
): (PatternFix & { matched: number }) | null {
  if (matched === examples.length || !/%D/.test(pattern) || !/%M/.test(pattern)) return null
  const swapped = pattern.replace(/%%|%[DM]/g, (one) => (one === '%D' ? '%M' : one === '%M' ? '%D' : one))
  const reading = readPathPattern(swapped, dimensions)
  const more = reading.pattern ? tryPattern(reading.pattern, examples).matched : 0
  return more > matched ? { label: 'Swap %D and %M', pattern: swapped, matched: more } : null
}

function insertAt(pattern: string, specifier: string, at: number): PatternFix {
  const before = pattern.slice(0, at)
  const after = pattern.slice(at)
  const text = `${before.endsWith('/') ? '' : '/'}${specifier}`
  const rest = after === '' ? '/.*' : after.startsWith('/') || after.startsWith('%%') ? after : `/${after}`
  return { label: `Insert ${text}`, pattern: before + text + rest }
}
