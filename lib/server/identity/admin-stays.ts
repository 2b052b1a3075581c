import 'server-only'
import { Failure } from '#lib/domain/errors'

/** The refusal to make something an administrators' one, or to stop it from being one, at the field that asks for it. */
export const adminStays = (path: string[], message: string, remedy: string) =>
  new Failure('validation_failed', message, {
    reason: 'admin-stays',
    issues: [{ reason: 'admin-stays', message, path }],
    remedy,
  })
