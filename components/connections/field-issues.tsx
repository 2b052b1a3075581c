import { ApiError } from '#lib/client/api'
import { sayAtField } from '#lib/domain/issue-place'

/** What the server found wrong, by field. */
export interface FieldIssues {
  /** The sentence for a field, or undefined: `of("params", "endpoint")`. */
  of: (...path: string[]) => string | undefined
  /** Whether every issue stands at a field, so that the page need not repeat it. */
  all: boolean
}

/** Reads the issues of a refused form; an error of another kind has none. */
export function issuesOf(error: unknown): FieldIssues {
  const issues = error instanceof ApiError ? (error.problem.details.issues ?? []) : []
  const within = (path: readonly string[]) =>
    issues.find((issue) => path.every((step, index) => String(issue.path?.[index]) === step))
  return {
    of: (...path) => {
      const issue = within(path)
      return issue && sayAtField(issue)
    },
    all: issues.length > 0 && issues.every((issue) => (issue.path?.length ?? 0) > 0),
  }
}
