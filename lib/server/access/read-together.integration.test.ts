import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { noteKind } from '../testing/note-kind'
import { readTogether } from './act'
import type { Authorized } from './authorize'
import type { Context } from './caller'
import { SharedLooks } from './shared-looks'

let drop: () => Promise<void>
let scene: ConnectionScene
let designers: string
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
  designers = scene.groupId('designers')
})
afterAll(() => drop())
beforeEach(async () => {
  await database().auditEvent.deleteMany({})
})

const AT_ONCE = 20

/** One verb that glances at a note, and how often it really looked. */
function makeGlance() {
  const looks = new SharedLooks<string>()
  const looked: string[] = []
  const gates: Promise<unknown>[] = []
  const run = async ({ row, subject }: Authorized<{ description: string }>) => {
    looked.push(subject.name)
    await gates[looked.length - 1]
    return `${subject.name}: ${row.description}`
  }
  const glance = (ctx: Context, id = designers) => readTogether(looks, ctx, noteKind, 'glance', id, run)
  return { glance, looked, gates }
}

const describe = (description: string) =>
  database().group.update({ where: { id: designers }, data: { description } })

test('many at once are answered by two looks, and each caller by looks of its own', async () => {
  const { spaceId } = scene
  await database().membership.create({
    data: {
      id: 'otto',
      spaceId,
      groupId: designers,
      userId: (await database().user.findFirstOrThrow({ where: { login: 'otto' } })).id,
      from: now(),
      actor: 'test',
    },
  })
  await describe('one')
  const { glance, looked } = makeGlance()
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => [glance(scene.mira), glance(scene.auditor)]).flat(),
  )
  expect(new Set(answers)).toEqual(new Set(['mira: one', 'otto: one']))
  expect(looked.sort()).toEqual(['mira', 'mira', 'otto', 'otto'])
})

test('who comes after a change sees it, while an earlier look is still under way', async () => {
  await describe('before')
  const { glance, looked, gates } = makeGlance()
  const gate = Promise.withResolvers<void>()
  gates.push(gate.promise)
  const early = glance(scene.mira)
  await expect.poll(() => looked.length).toBe(1)
  await describe('after')
  const late = glance(scene.mira)
  gate.resolve()
  expect(await early).toBe('mira: before')
  expect(await late).toBe('mira: after')
})

test('who comes after a right has ended is refused, while an earlier look is still under way', async () => {
  const { glance, looked, gates } = makeGlance()
  const gate = Promise.withResolvers<void>()
  gates.push(gate.promise)
  const early = glance(scene.mira)
  await expect.poll(() => looked.length).toBe(1)
  const where = { userId: scene.miraId, groupId: designers }
  await database().membership.updateMany({ where, data: { until: now() } })
  try {
    const late = [glance(scene.mira), glance(scene.mira)].map(failureOf)
    gate.resolve()
    await early
    for (const refused of await Promise.all(late)) expect(refused.kind).toBe('forbidden')
    expect(looked).toHaveLength(1)
  } finally {
    await database().membership.updateMany({ where, data: { until: null } })
  }
})

test('each of those who are refused together is recorded', async () => {
  const { glance } = makeGlance()
  const refused = await Promise.all(Array.from({ length: AT_ONCE }, () => failureOf(glance(scene.admin))))
  expect(new Set(refused.map(({ kind }) => kind))).toEqual(new Set(['forbidden']))
  const [event, ...more] = await database().auditEvent.findMany({})
  expect(more).toEqual([])
  expect(event).toMatchObject({ outcome: 'denied', actor: 'ada', repeats: AT_ONCE })
})

test('what is told each time it is read cannot be read together', () => {
  const together = () =>
    readTogether(new SharedLooks<void>(), scene.mira, noteKind, 'read', designers, async () => {})
  expect(together).toThrow('cannot be read together')
})
