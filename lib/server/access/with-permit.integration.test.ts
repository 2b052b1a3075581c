import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import type { Permit } from '../platform/permit'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { noteKind } from '../testing/note-kind'
import type { Context } from './caller'
import { withPermit } from './with-permit'

let drop: () => Promise<void>
let scene: ConnectionScene
let designers: string
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
  designers = scene.groupId('designers')
})
afterAll(() => drop())
beforeEach(() => database().auditEvent.deleteMany({}))

type Work<T> = (permit: Permit, text: string) => Promise<T>

const hold = <T>(ctx: Context, work: Work<T>, deadlineMs?: number) =>
  withPermit(
    ctx,
    noteKind,
    'read',
    designers,
    deadlineMs === undefined ? {} : { deadlineMs },
    async ({ row }) => row.name,
    work,
  )

/** Work that ends when it is told to, with whatever its adapter makes of that. */
const untilAborted: Work<never> = (permit) =>
  new Promise((_, reject) => {
    const close = () => reject(new Error('socket closed'))
    // On a busy machine the caller may have left before the work began.
    if (permit.signal.aborted) close()
    permit.signal.addEventListener('abort', close)
  })

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

async function withoutGroup<T>(run: () => Promise<T>): Promise<T> {
  const membership = { spaceId: scene.spaceId, userId: scene.miraId, groupId: designers }
  await database().membership.updateMany({ where: { ...membership, until: null }, data: { until: now() } })
  try {
    return await run()
  } finally {
    await database().membership.create({ data: { id: newId(), ...membership, from: now(), actor: 'ada' } })
  }
}

test('work has a permit of its caller for as long as it lasts', async () => {
  const before = timers()
  let permit: Permit | undefined
  const text = await hold(scene.mira, async (given, name) => {
    permit = given
    return name
  })
  expect(text).toBe('designers')
  expect(permit).toMatchObject({ actor: 'mira', action: 'note.read' })
  expect(permit?.signal.aborted).toBe(false)
  // Less than the permit would wait until it asks whether it still stands.
  await expect.poll(timers, { timeout: 1_500, interval: 20 }).toBeLessThanOrEqual(before)
})

test('without the right there is no permit', async () => {
  let worked = false
  const held = hold(scene.stranger, async () => {
    worked = true
  })
  expect((await failureOf(held)).kind).toBe('not_found')
  expect(worked).toBe(false)
})

test('a revoked right ends the work within 5 s, and the refusal is recorded', async () => {
  const startedAt = performance.now()
  const held = failureOf(hold(scene.mira, untilAborted))
  const failure = await withoutGroup(() => held)
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  expect(failure.kind).toBe('not_found')
  const rows = await database().auditEvent.findMany({ orderBy: { seq: 'asc' } })
  expect(rows.map(({ outcome }) => outcome)).toEqual(['success', 'denied'])
})

test('a disabled caller’s work ends within 5 s', async () => {
  const held = failureOf(hold(scene.mira, untilAborted))
  await sleep(100)
  const where = { id: scene.miraId }
  await database().user.update({ where, data: { disabledAt: now() } })
  try {
    expect((await held).kind).toBe('unauthenticated')
  } finally {
    await database().user.update({ where, data: { disabledAt: null } })
  }
})

test('what was read after the right ended is not given out', async () => {
  const heedless: Work<string> = async (permit) => {
    while (!permit.signal.aborted) await sleep(50)
    return 'read all the same'
  }
  const held = failureOf(hold(scene.mira, heedless))
  expect((await withoutGroup(() => held)).kind).toBe('not_found')
})

test('work ends when its caller leaves or its deadline passes', async () => {
  const leaving = new AbortController()
  const left = hold({ ...scene.mira, signal: leaving.signal }, untilAborted)
  setTimeout(() => leaving.abort(), 50)
  await expect(left).rejects.toThrow('socket closed')
  await expect(hold(scene.mira, untilAborted, 50)).rejects.toThrow('socket closed')
})

test('a permit that cannot be confirmed for 10 s ends', { timeout: 30_000 }, async () => {
  const startedAt = performance.now()
  const lock = Promise.withResolvers<void>()
  let locked: Promise<unknown> = Promise.resolve()
  const failure = await failureOf(
    hold(scene.mira, async (permit) => {
      locked = database().$transaction(
        async (tx) => {
          await tx.$executeRaw`LOCK TABLE "membership" IN ACCESS EXCLUSIVE MODE`
          await lock.promise
        },
        { timeout: 30_000 },
      )
      while (!permit.signal.aborted) await sleep(50)
      throw permit.signal.reason
    }),
  )
  lock.resolve()
  await locked
  expect(failure).toMatchObject({ kind: 'unavailable', details: { reason: 'permit-unconfirmed' } })
  expect(performance.now() - startedAt).toBeGreaterThan(9_000)
})

test('a database that is away for a moment does not end the permit', async () => {
  const text = await hold(scene.mira, async (permit) => {
    await database()
      .$executeRaw`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()`
    await sleep(3_000)
    if (permit.signal.aborted) throw new Failure('internal', 'aborted')
    return 'held'
  })
  expect(text).toBe('held')
})
