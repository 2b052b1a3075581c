import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { countInWindow, forgetOldWindows } from '../../access/rate-limit'
import { freshDatabase } from '../../testing/database'
import { moveClock } from '../clock'
import { database, type Tx } from './client'
import { explainDatabaseError, inTransaction, isUniqueViolation, NotReady } from './transaction'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())

const space = (id: string) => ({ id, name: id })

test.each(['40001', '40P01'])('what broke off with %s is tried again', async (code) => {
  let runs = 0
  const value = await inTransaction(async (tx) => {
    if (++runs < 3)
      await tx.$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`)
    return runs
  })
  expect(value).toBe(3)
})

test('what breaks off again and again is given up', async () => {
  let runs = 0
  const always = inTransaction(async (tx) => {
    runs++
    await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`
  })
  await expect(always).rejects.toMatchObject({ kind: 'unavailable', details: { reason: 'database-busy' } })
  expect(runs).toBe(5)
})

test('two who lock the same in opposite order both come through', async () => {
  await database().space.createMany({ data: [space('left'), space('right')] })
  const rename = (first: string, second: string) =>
    inTransaction(async (tx) => {
      await tx.space.update({ where: { id: first }, data: { name: `${first} then ${second}` } })
      await sleep(50)
      await tx.space.update({ where: { id: second }, data: { name: `${second} after ${first}` } })
    })
  await Promise.all([rename('left', 'right'), rename('right', 'left')])
})

test('what is not ready is made so outside of the transaction; what cannot be made ready is unavailable', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  let made = 0
  const use = (prepare: () => Promise<void>) =>
    inTransaction(async (tx) => {
      const count = await tx.space.count({ where: { id: 'unready' } })
      await tx.space.create({ data: space('unready') })
      if (made === 0) throw new NotReady('the thing', prepare)
      return count
    }, 1_500)
  await expect(use(() => Promise.reject(away))).rejects.toMatchObject({
    kind: 'unavailable',
    details: { reason: 'database-unavailable' },
  })
  const before = await use(async () => {
    await sleep(2_000)
    made++
  })
  expect([before, made]).toEqual([0, 1])
  await database().space.delete({ where: { id: 'unready' } })
})

test('what is not ready only after four conflicts is made so, and what never is tells when to come back', async () => {
  const conflict = (tx: Tx) => tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`
  let [runs, made] = [0, 0]
  const late = () =>
    inTransaction(async (tx) => {
      if (++runs <= 4) await conflict(tx)
      if (made === 0)
        throw new NotReady('the thing', async () => {
          made++
        })
      return runs
    })
  expect(await late()).toBe(6)
  let prepared = 0
  const prepare = async () => {
    prepared++
  }
  const never = inTransaction(() => Promise.reject(new NotReady('the thing', prepare)))
  await expect(never).rejects.toMatchObject({
    kind: 'unavailable',
    details: { reason: 'database-unavailable', retryAfterSeconds: 5 },
  })
  expect(prepared).toBe(5)
  // Where others come first, the database does answer.
  const behind = inTransaction(() => Promise.reject(new NotReady('the turn', prepare, 'busy')))
  await expect(behind).rejects.toMatchObject({
    kind: 'unavailable',
    details: { reason: 'database-busy', retryAfterSeconds: 1 },
  })
})

test('a database whose every connection is taken for 6 s is waited for', async () => {
  const taken = Array.from({ length: 12 }, () =>
    inTransaction((tx) => tx.$queryRaw`SELECT pg_sleep(6)::text`),
  )
  expect(await inTransaction((tx) => tx.space.count())).toBe(2)
  await Promise.all(taken)
})

test('what takes longer than it may is unavailable, and undone', async () => {
  const slow = inTransaction(async (tx) => {
    await tx.space.create({ data: space('slow') })
    await sleep(300)
    await tx.space.create({ data: space('slower') })
  }, 100)
  await expect(slow).rejects.toMatchObject({
    kind: 'unavailable',
    details: { reason: 'database-unavailable' },
  })
  expect(await database().space.count({ where: { id: { in: ['slow', 'slower'] } } })).toBe(0)
})

test('a connection that is cut is unavailable, and the next one works', async () => {
  const cut = inTransaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
    await database().$executeRaw`SELECT pg_terminate_backend(${row?.pid})`
    await tx.space.count()
  })
  await expect(cut).rejects.toMatchObject({ kind: 'unavailable' })
  expect(await inTransaction((tx) => tx.space.count())).toBe(2)
})

test('a Failure passes as it is, and so does what a unique index refuses', async () => {
  const failure = new Failure('conflict', 'Taken.')
  await expect(inTransaction(() => Promise.reject(failure))).rejects.toBe(failure)
  const twice = inTransaction((tx) => tx.space.create({ data: space('left') }))
  const error = await twice.catch((thrown: unknown) => thrown)
  expect(isUniqueViolation(error)).toBe(true)
  expect(isUniqueViolation(failure)).toBe(false)
})

test.each([
  ['a refused socket', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
  [
    'a cause of a cause',
    new Error('a', { cause: new Error('b', { cause: Object.assign(new Error('c'), { code: '53300' }) }) }),
    true,
  ],
  ['a full disk', Object.assign(new Error('no space left'), { code: '53100' }), true],
  ['no connection in time', new Error('timeout exceeded when trying to connect'), true],
  ['a wrong query', Object.assign(new Error('syntax'), { code: '42601' }), false],
  ['a text that says so', new Error('the remote said ECONNREFUSED'), false],
  ['nothing', undefined, false],
])('%s means that the database does not answer, or not', (_, error, unavailable) => {
  expect(explainDatabaseError(error) instanceof Failure).toBe(unavailable)
})

test('attempts are counted over all, per window, and forgotten after a day', async () => {
  moveClock(60_000 - (Date.now() % 60_000))
  try {
    const count = (key: string) => inTransaction((tx) => countInWindow(tx, key, 60_000))
    const counts = await Promise.all(Array.from({ length: 20 }, () => count('login|ada')))
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(await count('login|mira')).toBe(1)
    moveClock(60_000 - (Date.now() % 60_000) + 60_000)
    expect(await count('login|ada')).toBe(1)
    await inTransaction(forgetOldWindows)
    expect(await database().rateWindow.count()).toBe(3)
    moveClock(2 * 86_400_000)
    await inTransaction(forgetOldWindows)
    expect(await database().rateWindow.count()).toBe(0)
  } finally {
    moveClock(0)
  }
})
