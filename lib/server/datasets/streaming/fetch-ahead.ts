import 'server-only'
import type { ObjectStore } from '../../platform/object-store/types'

/** How much is fetched before its turn. */
export interface AheadLimits {
  maxBytes: number
  maxFiles: number
}

interface Source {
  sizeBytes: number
}

/** A file whose turn it is; `bytes` gives all of it, where it was fetched before. */
export interface AheadFile<S> {
  source: S
  bytes: () => Promise<Buffer | undefined>
}

/** Fetches a file whole; undefined when it is not to be held. Ends when it is left. */
export type FetchFile<S> = (source: S, left: AbortSignal) => Promise<Buffer | undefined>

interface Begun<S> {
  source: S
  fetched: Promise<Buffer | undefined>
  heldBytes: number
}

/**
 * Gives files one after the other, while the small ones that come next are fetched already: opening one takes longer than
 * reading it. Large ones wait for their turn, since what is opened and not read holds a socket, and stores close those.
 * Leaving the loop ends what was begun.
 */
export async function* fetchAhead<S extends Source>(
  sources: AsyncIterable<S>,
  fetch: FetchFile<S>,
  { maxBytes, maxFiles }: AheadLimits,
): AsyncGenerator<AheadFile<S>, void> {
  const waiting = sources[Symbol.asyncIterator]()
  const left = new AbortController()
  const begun: Begun<S>[] = []
  let next = await waiting.next()
  const begin = async (source: S) => {
    const isHeld = source.sizeBytes <= maxBytes
    const fetched = isHeld ? fetch(source, left.signal) : Promise.resolve(undefined)
    // Its failure is met when its turn comes.
    fetched.catch(() => undefined)
    begun.push({ source, fetched, heldBytes: isHeld ? source.sizeBytes : 0 })
    next = await waiting.next()
  }
  const hasRoom = ({ sizeBytes }: S) =>
    begun.length <= maxFiles && begun.reduce((sum, { heldBytes }) => sum + heldBytes, sizeBytes) <= maxBytes
  try {
    for (;;) {
      while (next.done !== true && (begun.length === 0 || hasRoom(next.value))) await begin(next.value)
      const current = begun[0]
      if (current === undefined) return
      yield { source: current.source, bytes: () => current.fetched }
      begun.shift()
    }
  } finally {
    left.abort()
    await Promise.allSettled([waiting.return?.(), ...begun.map(({ fetched }) => fetched)])
  }
}

/** Fetches an object of a store; undefined when it has become larger than `maxBytes` since it was listed. */
export async function fetchObject(
  store: ObjectStore,
  path: string,
  maxBytes: number,
  left: AbortSignal,
): Promise<Buffer | undefined> {
  const { sizeBytes, bytes, close } = await store.getStream({ path })
  left.addEventListener('abort', close, { once: true })
  try {
    if (sizeBytes > maxBytes || left.aborted) return undefined
    const chunks: Buffer[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    return Buffer.concat(chunks)
  } finally {
    left.removeEventListener('abort', close)
    close()
  }
}
