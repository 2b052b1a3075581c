import { type Problem, TAB_LABELS } from './problem'

/** What is wrong, without what to do, which stands at the field: `"Partitioning: %M is missing."` */
export function sayProblem({ tab, message }: Problem): string {
  const said = /^.+?\.(?=\s)/s.exec(message)?.[0] ?? message
  return tab === 'name' ? said : `${TAB_LABELS[tab]}: ${said}`
}

interface Reasons {
  reasons: readonly string[]
  mistakes: readonly Problem[]
}

/** The reasons to say beside Create, and what the first leads to: not the one that stands at the name, which is beside it. */
export function leaveOutTold(
  { reasons, mistakes }: Reasons,
  nameError: string | undefined,
): { reasons: readonly string[]; problem: Problem | null } {
  const [first, second] = mistakes
  if (nameError === undefined || first?.tab !== 'name') return { reasons, problem: first ?? null }
  const told = sayProblem(first)
  return { reasons: reasons.filter((reason) => reason !== told), problem: second ?? null }
}
