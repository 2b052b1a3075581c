import type { DatasetDefinition } from './definition'
import { type Problem, WIZARD_TABS, type WizardTab } from './problem'
import { findProblems } from './problems'
import { columnsNotFound, columnsOfOtherSettings } from './schema-problems'
import { doColumnsFollow, formatKey, type WizardState } from './wizard'

/** What a tab's mark says, and how many warnings or problems stand behind it. */
export type TabMark = { mark: 'default' | 'set' | 'todo' } | { mark: 'warnings' | 'problems'; count: number }

/** The marks of all tabs: problems before warnings before what is to do before "set by you". */
export function markTabs(state: WizardState, problems: Problem[]): Record<WizardTab, TabMark> {
  const marks = WIZARD_TABS.map((tab): [WizardTab, TabMark] => {
    const errors = problems.filter((problem) => problem.tab === tab && problem.severity === 'error')
    const warnings = problems.filter((problem) => problem.tab === tab && problem.severity === 'warning')
    const isTouched = state.touched.includes(tab)
    const mistakes = errors.filter((error) => !isToDo(state.definition, error))
    if (mistakes.length > 0 && isTouched) return [tab, { mark: 'problems', count: errors.length }]
    if (warnings.length > 0) return [tab, { mark: 'warnings', count: warnings.length }]
    if (isTouched && errors.length > 0) return [tab, { mark: 'todo' }]
    return [tab, { mark: isTouched ? 'set' : 'default' }]
  })
  return Object.fromEntries(marks) as Record<WizardTab, TabMark>
}

/** Whether nothing stands yet where a problem is: that is to do, and no mistake before one has left the field. */
export function isToDo(definition: DatasetDefinition, { path }: Problem): boolean {
  let value: unknown = definition
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return false
    value = Reflect.get(value, step)
  }
  const isOptional = path.at(-1) === 'filePathPattern'
  return value === '' || (Array.isArray(value) && value.length === 0) || (isOptional && value === undefined)
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
      field: 'Pattern',
      severity: 'error',
      reason: 'no-dimensions',
      message: 'Enter a pattern, or choose a suggestion.',
    })
  }
  return problems
}

/** Whether the columns follow the files and were read by other settings of the format than those that stand. */
const areColumnsOfOtherSettings = (state: WizardState): boolean =>
  doColumnsFollow(state) &&
  state.columnsReadBy !== undefined &&
  state.columnsReadBy !== formatKey(state.definition)
