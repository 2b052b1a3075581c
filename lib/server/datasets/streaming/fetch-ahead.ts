import 'server-only'
import type { ObjectStore } from '../../platform/object-store/types'

/** How much is fetched before its turn. */
export interface AheadLimits {
  maxBytes: number
  maxFiles: number
  /** Requests that all streams may have under way for files whose turn has not come. */
  places: AheadPlaces
}

/** So many at a time: who finds none goes on without. */
export class AheadPlaces {
  constructor(private left: number) {}

  /** Takes a place until a fetch is over; false where there is none. */
  take(): boolean {
    if (this.left === 0) return false
    this.left--
    return true
  }

  free(): void {
    this.left++
  }
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
 * reading it. Large ones wait for their turn, since what is opened and not read holds a socket, and stores close those; so do
 * small ones while other streams fetch as many as all may.
 * Leaving the loop ends what was begun.
 */
export async function* fetchAhead<S extends Source>(
  sources: AsyncIterable<S>,
  fetch: FetchFile<S>,
  { maxBytes, maxFiles, places }: AheadLimits,
): AsyncGenerator<AheadFile<S>, void> {
  const waiting = sources[Symbol.asyncIterator]()
  const left = new AbortController()
  const begun: Begun<S>[] = []
  let next = await waiting.next()
  const isHeld = ({ sizeBytes }: S) => sizeBytes <= maxBytes
  const hasRoom = ({ sizeBytes }: S) =>
    begun.length <= maxFiles && begun.reduce((sum, { heldBytes }) => sum + heldBytes, sizeBytes) <= maxBytes
  /** Takes a place for a file that is to be fetched before its turn. */
  const mayBegin = (source: S) =>
    begun.length === 0 || (hasRoom(source) && (!isHeld(source) || places.take()))
  const begin = async (source: S) => {
    const fetched = isHeld(source) ? fetch(source, left.signal) : Promise.resolve(undefined)
    const hasPlace = isHeld(source) && begun.length > 0
    // Its failure is met when its turn comes.
    fetched.catch(() => undefined).finally(() => hasPlace && places.free())
    begun.push({ source, fetched, heldBytes: isHeld(source) ? source.sizeBytes : 0 })
    next = await waiting.next()
  }
  try {
    for (;;) {
      while (next.done !== true && mayBegin(next.value)) await begin(next.value)
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
