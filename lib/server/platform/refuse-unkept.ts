import 'server-only'
import { Failure } from '#lib/domain/errors'
import { unkeptIssues } from '#lib/domain/public-api/unkept'

/** Refuses what would be lost of what a client sends. @throws Failure `validation_failed` with the path of each field */
export function refuseUnkept(...part: Parameters<typeof unkeptIssues>): void {
  const issues = unkeptIssues(...part)
  if (issues.length === 0) return
  throw new Failure('validation_failed', 'The body of the request holds what is not kept here.', {
    reason: 'not-kept',
    issues,
  })
}
