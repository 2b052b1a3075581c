import 'server-only'

/**
 * Merges sources into one, `concurrency` of them running at a time, in the order their values come. Each running
 * source is asked for one value ahead, no more, so that a slow consumer holds them back. All are closed at the end.
 */
export async function* mergeIterables<T>(
  sources: Iterable<AsyncIterable<T>>,
  concurrency: number,
): AsyncGenerator<T> {
  const waiting = sources[Symbol.iterator]()
  const running = new Map<AsyncIterator<T>, Promise<Step<T>>>()
  const advance = (iterator: AsyncIterator<T>) => {
    const step = iterator.next().then((result) => ({ iterator, result }))
    // A failure is seen when its turn comes; until then it must not count as unhandled.
    step.catch(() => undefined)
    running.set(iterator, step)
  }
  const startNext = (): boolean => {
    const next = waiting.next()
    if (next.done !== true) advance(next.value[Symbol.asyncIterator]())
    return next.done !== true
  }
  try {
    while (running.size < concurrency && startNext());
    while (running.size > 0) {
      const { iterator, result } = await Promise.race(running.values())
      running.delete(iterator)
      if (result.done === true) {
        startNext()
      } else {
        // At the end of the queue: a fast source does not starve the others.
        advance(iterator)
        yield result.value
      }
    }
  } finally {
    await Promise.allSettled([...running.keys()].map((iterator) => iterator.return?.()))
  }
}

interface Step<T> {
  iterator: AsyncIterator<T>
  result: IteratorResult<T>
}
