import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { JobError } from '#lib/domain/progress/wire'
import { storable } from '../platform/db/storable'
import { explainDatabaseError } from '../platform/db/transaction'

/** Tells an error in the vocabulary of problems, as it is kept with what it ended; a defect is told in general. */
export function describeError(error: unknown, defect: JobError): JobError {
  const failure = explainDatabaseError(error)
  if (!(failure instanceof Failure)) return defect
  const { reason, where, remedy, ask } = failure.details
  return storable({
    code: failure.kind,
    message: failure.message,
    ...(reason === undefined ? {} : { reason }),
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(ask === undefined ? {} : { ask }),
  })
}
