import 'server-only'
import { Failure } from '#lib/domain/errors'

/** The Failure that work ends with. Throws where it ends otherwise. */
export async function failureOf(run: Promise<unknown>): Promise<Failure> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Failure) return error
  throw new Error(`no Failure but ${String(error)}`)
}
