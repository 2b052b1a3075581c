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

function insertAt(pattern: string, specifier: string, at: number): PatternFix {
  const before = pattern.slice(0, at)
  const after = pattern.slice(at)
  const text = `${before.endsWith('/') ? '' : '/'}${specifier}`
  const rest = after === '' ? '/.*' : after.startsWith('/') || after.startsWith('%%') ? after : `/${after}`
  return { label: `Insert ${text}`, pattern: before + text + rest }
}
