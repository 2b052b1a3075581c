import 'server-only'
import { Failure } from '#lib/domain/errors'
import { moveIssue } from '#lib/domain/issue-place'

/**
 * Tells who sent a field under another name than ours what is wrong with it under theirs.
 * @example saving.catch(inSentNames({ expiresAt: 'expiresOn' }))
 */
export const inSentNames = (names: Readonly<Record<string, string>>) => (error: unknown) => {
  if (!(error instanceof Failure) || !error.details.issues) throw error
  const issues = error.details.issues.map((issue) => {
    const [first, ...rest] = issue.path ?? []
    const sent = typeof first === 'string' && Object.hasOwn(names, first) ? names[first] : undefined
    return sent === undefined ? issue : moveIssue(issue, [sent, ...rest])
  })
  throw new Failure(error.kind, error.message, { ...error.details, issues }, { cause: error })
}
