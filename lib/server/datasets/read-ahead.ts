import 'server-only'

/**
 * Gives the values of sources one source after the other, while the next few are already waiting with their first value:
 * opening a file takes longer than reading a small one. Leaving the loop closes all that were begun.
 */
export async function* readAhead<S, T>(
  sources: AsyncIterable<S>,
  open: (source: S) => AsyncIterator<T>,
  ahead: number,
): AsyncGenerator<T> {
  const waiting = sources[Symbol.asyncIterator]()
  const begun: { iterator: AsyncIterator<T>; first: Promise<IteratorResult<T>> }[] = []
  let isOver = false
  const begin = async () => {
    const next = await waiting.next()
    if (next.done === true) {
      isOver = true
      return
    }
    const iterator = open(next.value)
    const first = iterator.next()
    // Its failure is met when its turn comes.
    first.catch(() => undefined)
    begun.push({ iterator, first })
  }
  try {
    for (;;) {
      while (!isOver && begun.length <= ahead) await begin()
      const current = begun[0]
      if (current === undefined) return
      for (let step = await current.first; step.done !== true; step = await current.iterator.next())
        yield step.value
      begun.shift()
    }
  } finally {
    await Promise.allSettled([waiting.return?.(), ...begun.map(({ iterator }) => iterator.return?.())])
  }
}
