import { ALL_FILES, type FilesSelectionRules } from './definition'
import { compileSelection, rulesInForce } from './selection'

/** How many of some paths each rule in force names, and how many they take together. */
export interface RuleCounts {
  byRule: number[]
  taken: number
  total: number
}

const A_FILE = { sizeBytes: 1, storageClass: 'STANDARD' }

/**
 * Tries rules on paths of files while the rules are edited; one that cannot be used names nothing.
 * @example countByRule(onlyGzip, ['/a.gz', '/b.txt']) // { byRule: [1], taken: 1, total: 2 }
 */
export function countByRule(rules: FilesSelectionRules, paths: readonly string[]): RuleCounts {
  const byRule = rulesInForce(rules).map((rule) => {
    const alone = compileSelection({ ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY', includeRules: [rule] })
    return alone.ok ? countTaken(alone.value, paths) : 0
  })
  const together = compileSelection(rules)
  return { byRule, taken: together.ok ? countTaken(together.value, paths) : 0, total: paths.length }
}

type Selector = Extract<ReturnType<typeof compileSelection>, { ok: true }>['value']

const countTaken = (selector: Selector, paths: readonly string[]): number =>
  paths.filter((path) => selector.exclusionOf({ ...A_FILE, path }) === null).length
