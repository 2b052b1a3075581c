import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { beat } from '../jobs/beat'
import { moveClock } from '../platform/clock'
import { freshDatabase } from '../testing/database'
import { checkHealth } from './health'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())
afterEach(() => moveClock(0))

const works = { database: 'ok', objectStore: 'ok' }

test('it is ready once a worker has said that it lives, and not after half a minute of silence', async () => {
  expect(await checkHealth()).toEqual({ status: 'not-ready', checks: { ...works, worker: 'failed' } })
  await beat.run(new AbortController().signal)
  expect((await checkHealth()).status).toBe('not-ready')
  moveClock(3_000)
  expect(await checkHealth()).toEqual({ status: 'ready', checks: { ...works, worker: 'ok' } })
  moveClock(40_000)
  expect(await checkHealth()).toEqual({ status: 'not-ready', checks: { ...works, worker: 'failed' } })
})
