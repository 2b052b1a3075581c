import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'

/** A look that takes longer holds nobody up: who comes then looks at once, as if it were over. */
const HELD_UP_MS = 1_000

interface Line<T> {
  underWay: Promise<T>
  /** In milliseconds of this process. */
  beganAtMs: number
  /** Begins when that is over, and is for everyone who came meanwhile. */
  next: Promise<T> | undefined
}

const shared = new WeakSet<object>()

/** True for the answer of a look, which may belong to several requests and which nobody changes. */
export const isShared = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && shared.has(value)

/**
 * Looks shared by those who ask the same at once. Who comes while one is under way waits for the next, so that nobody is
 * answered by what was read before they asked. It is over for all of them together: nothing is kept, a failure is everyone's.
 */
export class SharedLooks<T> {
  readonly #lines = new Map<string, Line<T>>()

  /** `key` says all that the answer depends on. The answer belongs to several: nobody may change it. */
  look(key: string, run: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key)
    if (line === undefined) return this.#begin(key, run)
    line.next ??= isOver(line).then(() => this.#begin(key, run))
    return line.next
  }

  #begin(key: string, run: () => Promise<T>): Promise<T> {
    // One that throws at once has failed like any other, and is over.
    const underWay = (async () => markShared(await run()))()
    const line: Line<T> = { underWay, beganAtMs: performance.now(), next: undefined }
    this.#lines.set(key, line)
    const leave = () => {
      if (line.next === undefined) this.#lines.delete(key)
    }
    line.underWay.then(leave, leave)
    return line.underWay
  }
}

function markShared<T>(answer: T): T {
  if (typeof answer === 'object' && answer !== null) shared.add(answer)
  return answer
}

/** Resolves when a look has ended, however it did, or has taken too long since it began. */
async function isOver({ underWay, beganAtMs }: Line<unknown>): Promise<void> {
  const ended = new AbortController()
  const leftMs = Math.max(0, beganAtMs + HELD_UP_MS - performance.now())
  const tooLong = sleep(leftMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined)
  const over = underWay.then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([over, tooLong])
  ended.abort()
}
