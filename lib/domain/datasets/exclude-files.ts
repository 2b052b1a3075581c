import type { FilesSelectionRules, SelectionRule } from './definition'

/** The selection with further files left out. Rules that another mode left behind are not in force, and do not come back. */
export const excludeToo = (
  rules: FilesSelectionRules,
  ...added: readonly SelectionRule[]
): FilesSelectionRules => ({
  ...rules,
  mode: 'RULES_ALL_BUT_EXCLUDED',
  excludeRules: [...(rules.mode === 'RULES_ALL_BUT_EXCLUDED' ? rules.excludeRules : []), ...added],
})

/** The rule that names one file and no other, whatever characters it has. */
export const ruleForFile = (path: string): SelectionRule => ({
  mode: 'REGEXP',
  matchingMode: 'FULL_PATH',
  expr: path.slice(1).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
})
