import { type Problem, WIZARD_TABS, type WizardTab } from './problem'
import { findProblems } from './problems'
import { columnsNotFound, columnsOfOtherSettings } from './schema-problems'
import { doColumnsFollow, formatKey, type WizardState } from './wizard'

/** What a tab's mark says, and how many warnings or problems stand behind it. */
export type TabMark = { mark: 'default' | 'set' } | { mark: 'warnings' | 'problems'; count: number }

/** The marks of all tabs: problems before warnings before "set by you". */
export function markTabs(state: WizardState, problems: Problem[]): Record<WizardTab, TabMark> {
  const marks = WIZARD_TABS.map((tab): [WizardTab, TabMark] => {
    const errors = problems.filter((problem) => problem.tab === tab && problem.severity === 'error')
    const warnings = problems.filter((problem) => problem.tab === tab && problem.severity === 'warning')
    if (errors.length > 0 && state.touched.includes(tab))
      return [tab, { mark: 'problems', count: errors.length }]
    if (warnings.length > 0) return [tab, { mark: 'warnings', count: warnings.length }]
    return [tab, { mark: state.touched.includes(tab) ? 'set' : 'default' }]
  })
  return Object.fromEntries(marks) as Record<WizardTab, TabMark>
}

/** What the previewed file says of the columns: those it does not have, or that it cannot be read for them. */
export function followingProblems(
  state: WizardState,
  found: readonly { name: string }[] | null | undefined,
): Problem[] {
  return found === null && areColumnsOfOtherSettings(state)
    ? [columnsOfOtherSettings(state.definition)]
    : columnsNotFound(state.definition, found)
}

/** Problems of the state as it stands; `found` are the columns of the previewed file: null where it cannot be read. */
export function problemsOf(
  state: WizardState,
  takenNameKeys?: ReadonlySet<string>,
  found?: readonly { name: string }[] | null,
): Problem[] {
  const problems = [
    ...findProblems(state.name, state.definition, takenNameKeys),
    ...followingProblems(state, found),
  ]
  const { dimensions, filePathPattern = '' } = state.definition.partitioning
  if (state.partitioningActive && dimensions.length === 0 && filePathPattern === '') {
    problems.push({
      path: ['partitioning', 'filePathPattern'],
      tab: 'partitioning',
      field: 'Add discrete dimension',
      severity: 'error',
      reason: 'no-dimensions',
      message: 'Partitioning is activated but has no dimension. Add one, or remove the partitioning.',
    })
  }
  return problems
}

/** Whether the columns follow the files and were read by other settings of the format than those that stand. */
const areColumnsOfOtherSettings = (state: WizardState): boolean =>
  doColumnsFollow(state) &&
  state.columnsReadBy !== undefined &&
  state.columnsReadBy !== formatKey(state.definition)
