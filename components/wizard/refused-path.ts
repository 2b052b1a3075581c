import type { Problem } from '#lib/domain/datasets/problem'
import type { WizardSource } from './use-wizard-source'

const PATH_PROBLEMS = /^ERR_FSPROVIDER_(ROOT|FSLIKE|ILLEGAL)/

/** What a listing said against the path, as a problem of its field; none where it said nothing. */
export function refusedPath({
  files,
}: {
  files: Pick<WizardSource['files'], 'startedOf' | 'busy' | 'error'>
}): Problem[] {
  const error = files.startedOf !== null && !files.busy && files.error
  if (!error || !PATH_PROBLEMS.test(error.reason ?? '')) return []
  const message = [error.message, error.remedy].filter(Boolean).join(' ')
  return [
    {
      path: ['params', 'path'],
      tab: 'files',
      field: 'Path in bucket',
      severity: 'error',
      reason: error.reason ?? '',
      message,
    },
  ]
}
