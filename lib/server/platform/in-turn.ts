import 'server-only'

/** The end of the last work that was asked for, by what it is about. */
const ends = new Map<string, Promise<void>>()

/**
 * Runs a work after those about the same thing that were asked for before, in this process.
 * @param thing `"dataset AUDIT.logs"`
 */
export async function inTurn<T>(thing: string, work: () => Promise<T>): Promise<T> {
  const before = ends.get(thing) ?? Promise.resolve()
  const outcome = before.then(work)
  const end = outcome.then(
    () => undefined,
    () => undefined,
  )
  ends.set(thing, end)
  try {
    return await outcome
  } finally {
    if (ends.get(thing) === end) ends.delete(thing)
  }
}
