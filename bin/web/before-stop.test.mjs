import { afterEach, expect, test } from 'vitest'
import { endWork } from './before-stop.mjs'

const BEFORE_STOP = Symbol.for('launchpad.before-stop')

afterEach(() => Reflect.deleteProperty(globalThis, BEFORE_STOP))

/** What the application left to be done. */
const leave = (...acts) => Reflect.set(globalThis, BEFORE_STOP, new Set(acts))

test('has all of it done, also where a part fails', async () => {
  const done = []
  leave(
    () => Promise.reject(new Error('failed')),
    async () => done.push('other'),
  )
  await endWork(60_000)
  expect(done).toEqual(['other'])
})

test('waits no longer than it may, and for nothing where nothing was left', async () => {
  await endWork(60_000)
  leave(() => new Promise(() => {}))
  await endWork(1)
})
