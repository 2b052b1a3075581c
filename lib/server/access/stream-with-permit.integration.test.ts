import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '../platform/db/client'
import type { Permit } from '../platform/permit'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { noteKind } from '../testing/note-kind'
import type { Context } from './caller'
import { streamWithPermit } from './stream-with-permit'

let drop: () => Promise<void>
let scene: ConnectionScene
let designers: string
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
  designers = scene.groupId('designers')
})
afterAll(() => drop())

const TIMES = { everyMs: 50, heldAfterMs: 200, unconfirmedMs: 20_000 }

/** A stream of numbers without end, a number each millisecond. */
const count = (ctx: Context, times = TIMES, produce: (permit: Permit) => AsyncIterable<number> = numbers) =>
  streamWithPermit(ctx, noteKind, 'read', designers, { times }, async () => null, produce)

async function* numbers(): AsyncGenerator<number> {
  for (let n = 0; ; n++) {
    await sleep(1)
    yield n
  }
}

/** Keeps everyone from asking who is in which group while `run` goes on. */
async function whileNobodyAnswers<T>(run: () => Promise<T>): Promise<T> {
  const over = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const lock = database().$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE "membership" IN ACCESS EXCLUSIVE MODE`
      locked.resolve()
      await over.promise
    },
    { timeout: 30_000 },
  )
  await locked.promise
  try {
    return await run()
  } finally {
    over.resolve()
    await lock
  }
}

test('a stream whose right cannot be confirmed waits, and goes on once it is', async () => {
  const stream = await count(scene.mira)
  expect((await stream.next()).value).toBe(0)
  let last = 0
  const { waiting } = await whileNobodyAnswers(async () => {
    for (;;) {
      const next = stream.next()
      const came = await Promise.race([next.then(() => true), sleep(1_000).then(() => false)])
      // Wrapped, so that it is not waited for here.
      if (!came) return { waiting: next }
      last++
    }
  })
  expect(await waiting).toEqual({ value: last + 1, done: false })
  expect((await stream.next()).value).toBe(last + 2)
  await stream.return()
})

test('who leaves while the stream waits is not waited for', async () => {
  const leaving = new AbortController()
  let left = false
  const stream = await count({ ...scene.mira, signal: leaving.signal }, TIMES, async function* () {
    try {
      yield* numbers()
    } finally {
      left = true
    }
  })
  await stream.next()
  await whileNobodyAnswers(async () => {
    await sleep(2 * TIMES.heldAfterMs)
    const next = stream.next()
    await sleep(100)
    leaving.abort()
    await expect(next).rejects.toThrow('aborted')
  })
  expect(left).toBe(true)
})

test('a stream whose right can never be confirmed ends and says why', async () => {
  const stream = await count(scene.mira, { ...TIMES, unconfirmedMs: 500 })
  const failure = await whileNobodyAnswers(() =>
    failureOf(
      (async () => {
        for await (const _ of stream);
      })(),
    ),
  )
  expect(failure).toMatchObject({ kind: 'unavailable', details: { reason: 'permit-unconfirmed' } })
})
