import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { NotReady } from '../platform/db/transaction'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { noteKind } from '../testing/note-kind'
import { untilOneWaits } from '../testing/until-one-waits'
import { changed, readAs, unchanged, writeAs } from './act'
import { type AuthorizedTx, authorize } from './authorize'
import type { Context } from './caller'
import { TurnAtRow } from './turn-at-row'

let drop: () => Promise<void>
let scene: ConnectionScene
let designers: string
let auditors: string
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
  designers = scene.groupId('designers')
  auditors = scene.groupId('auditors')
})
afterAll(() => drop())
beforeEach(async () => {
  moveClock(0)
  await database().auditEvent.deleteMany({})
})

const events = async () =>
  (await database().auditEvent.findMany({ orderBy: { seq: 'asc' } })).map((row) => ({
    repeats: row.repeats,
    topic: row.topic,
    ...JSON.parse(row.line).message,
  }))

const noteOf = async (id: string) => (await database().group.findUniqueOrThrow({ where: { id } })).description

const read = (ctx: Context, id: string, details = {}) =>
  readAs(ctx, noteKind, 'read', id, async ({ row }) => row.description, details)

const describe = (tx: AuthorizedTx, id: string, description: string) =>
  tx.group.update({ where: { id }, data: { description } })

const write = (ctx: Context, id: string, text: string) =>
  writeAs(ctx, noteKind, 'write', id, async ({ tx }) => {
    await describe(tx, id, text)
    return changed(text, { msgType: 'group-save', objectType: 'note', objectId: id, after: text })
  })

test('more changes of one row than there are connections make nobody else wait', async () => {
  const other = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await other.connect()
  try {
    await other.query('BEGIN')
    await other.query('SELECT 1 FROM "group" WHERE "id" = $1 FOR UPDATE', [designers])
    const texts = Array.from({ length: 30 }, (_, index) => `at once ${index}`)
    let written = 0
    const writes = texts.map((text) => write(scene.admin, designers, text).finally(() => written++))
    await untilOneWaits()
    for (let times = 0; times < 5; times++) await read(scene.mira, designers)
    expect(written).toBe(0)
    await other.query('COMMIT')
    expect(await Promise.all(writes)).toEqual(texts)
    expect(texts).toContain(await noteOf(designers))
    await database().auditEvent.deleteMany({})
  } finally {
    await other.end()
  }
})

test('who gives up waiting for a row holds up nobody behind', async () => {
  const [first, second, third] = [new TurnAtRow(), new TurnAtRow(), new TurnAtRow()]
  const row = { table: 'group', id: 'waited-for' } as const
  const waitFor = (turn: TurnAtRow) => {
    try {
      turn.require(row)
    } catch (error) {
      if (error instanceof NotReady && error.because === 'busy') return error.prepare()
      throw error
    }
    throw new Error('nobody had the turn')
  }
  first.require(row)
  const [given, waited] = [waitFor(second), waitFor(third)]
  second.end()
  first.end()
  await Promise.all([given, waited])
  third.require(row)
  third.end()
  first.require(row)
  first.end()
})

test('a read that is an act of its own is recorded with who, what and from where', async () => {
  await read(scene.mira, designers, { path: '/a' })
  expect(await events()).toMatchObject([
    {
      msgType: 'groups-list',
      outcome: 'success',
      topic: 'generic',
      authUser: 'mira',
      authSource: 'USER_FROM_UI',
      originAddress: '192.0.2.1',
      requestId: scene.mira.requestId,
      objectType: 'note',
      objectId: designers,
      path: '/a',
    },
  ])
})

test('a change and its event commit together', async () => {
  expect(await write(scene.admin, designers, 'one')).toBe('one')
  expect(await noteOf(designers)).toBe('one')
  expect(await events()).toMatchObject([
    { msgType: 'group-save', outcome: 'success', authUser: 'ada', after: 'one' },
  ])
})

test('changes at once follow one another, each decided upon as the one before left it', async () => {
  await write(scene.admin, designers, '')
  const add = (letter: string) =>
    writeAs(scene.admin, noteKind, 'write', designers, async ({ tx, row }) => {
      await describe(tx, designers, row.description + letter)
      return unchanged(null)
    })
  await Promise.all([...'abcdefgh'].map(add))
  expect([...(await noteOf(designers))].toSorted().join('')).toBe('abcdefgh')
})

test('what was gone when it was needed is looked for once more, and then told', async () => {
  let looks = 0
  const referring = readAs(scene.admin, noteKind, 'read', designers, async ({ tx }) => {
    looks++
    const row = { id: `m${looks}`, spaceId: scene.spaceId, groupId: 'gone', from: new Date(), actor: 'test' }
    await tx.membership.create({ data: { ...row, userId: scene.miraId } })
  })
  await expect(referring).rejects.toThrow()
  expect(looks).toBe(2)
})

test('a change that changed nothing tells nothing', async () => {
  await writeAs(scene.admin, noteKind, 'write', designers, async () => unchanged(null))
  expect(await events()).toEqual([])
})

test('what fails leaves neither change nor event', async () => {
  const before = await noteOf(designers)
  const failing = writeAs(scene.admin, noteKind, 'write', designers, async ({ tx }) => {
    await describe(tx, designers, 'half')
    throw new Failure('conflict', 'Meanwhile.')
  })
  expect((await failureOf(failing)).kind).toBe('conflict')
  expect(await noteOf(designers)).toBe(before)
  expect(await events()).toEqual([])
})

test('nothing changes, and nothing is given out, when the outbox refuses the event', async () => {
  const before = await noteOf(designers)
  await database()
    .$executeRaw`ALTER TABLE audit_event ADD CONSTRAINT closed CHECK ("objectType" <> 'note') NOT VALID`
  try {
    let after: string | undefined
    await expect(write(scene.admin, designers, 'unheard of')).rejects.toThrow()
    await expect(read(scene.mira, designers).then((text) => (after = text))).rejects.toThrow()
    await expect(write(scene.mira, designers, 'refused')).rejects.toThrow()
    expect(after).toBeUndefined()
    expect(await noteOf(designers)).toBe(before)
    expect(await events()).toEqual([])
  } finally {
    await database().$executeRaw`ALTER TABLE audit_event DROP CONSTRAINT closed`
  }
})

test('a refusal says what is missing and whom to ask, runs nothing and is recorded', async () => {
  const before = await noteOf(designers)
  const failure = await failureOf(write(scene.mira, designers, 'mine'))
  expect(failure).toMatchObject({
    kind: 'forbidden',
    message: 'You need to be a space administrator.',
    details: { reason: 'denied', where: 'designers', ask: ['Ada Lind'] },
  })
  expect(await noteOf(designers)).toBe(before)
  expect(await events()).toMatchObject([
    {
      msgType: 'group-save',
      outcome: 'denied',
      topic: 'generic-failure',
      authUser: 'mira',
      action: 'write',
      need: 'to be a space administrator',
      objectId: designers,
    },
  ])
})

test('what one may not see, what is elsewhere and what is not look alike', async () => {
  const [unseen, elsewhere, missing] = [
    await failureOf(read(scene.mira, auditors)),
    await failureOf(read(scene.stranger, auditors)),
    await failureOf(read(scene.mira, 'nothing')),
  ]
  for (const failure of [unseen, elsewhere, missing]) {
    expect(failure).toMatchObject({ kind: 'not_found', message: unseen.message, details: unseen.details })
  }
  expect(await events()).toMatchObject([{ outcome: 'denied', authUser: 'mira', objectId: auditors }])
})

test('a refusal on the way undoes what came before it and is recorded as what was refused', async () => {
  const before = await noteOf(designers)
  const nested = writeAs(scene.admin, noteKind, 'write', designers, async ({ tx }) => {
    await describe(tx, designers, 'half')
    await authorize(tx, scene.admin, noteKind, 'glance', auditors)
    return unchanged(null)
  })
  expect((await failureOf(nested)).message).toBe('You need to be in the group.')
  expect(await noteOf(designers)).toBe(before)
  expect(await events()).toMatchObject([{ msgType: 'directory-list', outcome: 'denied', objectId: auditors }])
})

test('a change that met another is tried again, and told once', async () => {
  let runs = 0
  await writeAs(scene.admin, noteKind, 'write', designers, async ({ tx }) => {
    await describe(tx, designers, 'again')
    if (++runs === 1) await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$`
    return changed(null, { msgType: 'group-save', objectType: 'note', objectId: designers })
  })
  expect(runs).toBe(2)
  expect(await events()).toHaveLength(1)
})

test('repeats within a minute are one event with a count, however many at once', async () => {
  await Promise.all(Array.from({ length: 20 }, () => read(scene.mira, designers)))
  expect(await events()).toMatchObject([{ repeats: 20 }])
  await read(scene.mira, designers, { path: '/other' })
  await read(scene.admin, designers)
  expect((await events()).map(({ repeats }) => repeats)).toEqual([20, 1, 1])
  moveClock(61_000)
  await read(scene.mira, designers)
  expect((await events()).map(({ repeats }) => repeats)).toEqual([20, 1, 1, 1])
})

test('an event that is being delivered counts no more', async () => {
  await read(scene.mira, designers)
  await database().auditEvent.updateMany({ data: { batchId: 'sealed' } })
  await read(scene.mira, designers)
  expect((await events()).map(({ repeats }) => repeats)).toEqual([1, 1])
})

test('who knocks at everything is counted, not told apart for ever', async () => {
  const startOfMinute = 60_000 - (Date.now() % 60_000)
  moveClock(startOfMinute)
  const { spaceId } = scene
  const ids = Array.from({ length: 125 }, (_, index) => `note-${index}`)
  await database().group.createMany({ data: ids.map((id) => ({ id, spaceId, name: id })) })
  for (const id of ids) expect((await failureOf(read(scene.mira, id))).kind).toBe('not_found')
  const told = await events()
  expect(told).toHaveLength(121)
  expect(told.at(-1)).toMatchObject({ objectId: '*', repeats: 5, outcome: 'denied' })
})
