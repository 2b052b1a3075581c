import 'server-only'

/**
 * Waits for the first value, so that what fails before it is thrown instead of given. Leaving reaches the source even when
 * nobody asked for a value yet: a generator around it that never began would not.
 */
export async function takeFirst<T>(values: AsyncGenerator<T, void>): Promise<AsyncGenerator<T, void>> {
  let first: IteratorResult<T, void> | undefined = await values.next()
  const given: AsyncGenerator<T, void> = {
    async next() {
      const taken = first
      first = undefined
      return taken ?? values.next()
    },
    return(value) {
      first = undefined
      return values.return(value)
    },
    throw(error) {
      first = undefined
      return values.throw(error)
    },
    [Symbol.asyncIterator]() {
      return given
    },
    async [Symbol.asyncDispose]() {
      await given.return()
    },
  }
  return given
}
