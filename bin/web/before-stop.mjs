import { setTimeout as sleep } from 'node:timers/promises'

/** The name under which the application leaves what is to be done before the process ends (lib/server/platform/before-stop.ts). */
const BEFORE_STOP = Symbol.for('launchpad.before-stop')

/**
 * Has the application end what it has under way, and waits for that, though not longer than `withinMs`.
 * @param {number} withinMs
 */
export async function endWork(withinMs) {
  /** @type {Iterable<() => Promise<void>>} */
  const acts = Reflect.get(globalThis, BEFORE_STOP) ?? []
  const over = new AbortController()
  const ended = Promise.allSettled([...acts].map((act) => act()))
  await Promise.race([ended, sleep(withinMs, undefined, over).catch(() => undefined)])
  over.abort()
}
