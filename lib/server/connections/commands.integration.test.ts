import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OwnParams } from '#lib/domain/connections/params'
import type { Context } from '../access/caller'
import { whoCanAccess } from '../datasets/connections/connection-access'
import { removeConnection } from '../datasets/connections/connection-removal'
import { database } from '../platform/db/client'
import { addConnection, eventsAbout, makeConnectionScene, storeParams } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { listActivity } from './activity'
import { createConnection, saveConnection } from './commands'
import { getPermissions } from './permissions'
import { getConnection, listConnections } from './queries'
import { testConnection, testDraft } from './test-connection'

let drop: () => Promise<void>
let spaceId: string
let admin: Context
let mira: Context
let stranger: Context
beforeAll(async () => {
  drop = await freshDatabase()
  ;({ spaceId, admin, mira, stranger } = await makeConnectionScene())
})
afterAll(() => drop())

const CANARY = 'canary-5b1f-secret-that-never-comes-back'

test('an administrator makes one, nobody may use it yet, and the event has no secret', async () => {
  await addConnection(admin, 'lake-raw', CANARY)
  const list = await listConnections(admin)
  const item = list.items.find((one) => one.name === 'lake-raw')
  expect(item).toMatchObject({
    locked: false,
    health: { state: 'untested' },
    usableBy: { everyone: false, names: [] },
    abilities: { canUse: false, canGovern: true },
  })
  const [event] = await eventsAbout(spaceId, 'lake-raw', 'admin-connection-create')
  expect(event).toMatchObject({ outcome: 'success', authUser: 'ada', after: { secret: 'changed' } })
  expect(JSON.stringify(event)).not.toContain(CANARY)
})

test('every wrong field is named at once, and a taken name is a conflict', async () => {
  const params = { ...storeParams(), endpoint: 'http://169.254.169.254', region: 'EU west', root: '/../' }
  const failure = await failureOf(
    createConnection(admin, { name: 'no good', description: '', params, secret: 'x' }),
  )
  expect(failure.kind).toBe('validation_failed')
  expect(failure.details.issues?.map((issue) => issue.path)).toEqual([
    ['name'],
    ['params', 'region'],
    ['params', 'endpoint'],
    ['params', 'root'],
  ])
  const taken = await failureOf(addConnection(admin, 'LAKE-raw'))
  expect(taken).toMatchObject({ kind: 'conflict', details: { reason: 'name-taken' } })
  expect(await database().connection.count({ where: { name: 'LAKE-raw' } })).toBe(0)
})

test('a designer and another space cannot make, open, change or remove one', async () => {
  const input = { name: 'mine', description: '', params: storeParams(), secret: 's' }
  expect(await failureOf(createConnection(mira, input))).toMatchObject({
    kind: 'forbidden',
    details: { ask: ['Ada Lind'] },
  })
  const save = { version: 1, description: 'x' }
  for (const act of [
    () => getConnection(mira, 'lake-raw'),
    () => saveConnection(mira, 'lake-raw', save),
    () => removeConnection(mira, 'lake-raw', ''),
    () => testConnection(mira, 'lake-raw', { write: false }),
    () => getPermissions(mira, 'lake-raw'),
  ])
    expect((await failureOf(act())).kind).toBe('forbidden')
  for (const act of [
    () => getConnection(stranger, 'lake-raw'),
    () => saveConnection(stranger, 'lake-raw', save),
    () => removeConnection(stranger, 'lake-raw', ''),
    () => testConnection(stranger, 'lake-raw', { write: false }),
    () => whoCanAccess(stranger, 'lake-raw'),
    () => listActivity(stranger, 'lake-raw'),
  ])
    expect((await failureOf(act())).kind).toBe('not_found')
  const denied = (await eventsAbout(spaceId, 'lake-raw')).filter((event) => event.outcome === 'denied')
  expect(denied.map((event) => event.msgType)).toContain('admin-connection-save')
})

test('a save needs the version that was read and tells what differs', async () => {
  const { version, details } = await getConnection(admin, 'lake-raw')
  if (details?.store !== 'own') throw new Error('no details')
  const { secretSet, secretSetAt, externalId, ...params } = details
  expect([secretSet, typeof secretSetAt, externalId]).toEqual([true, 'string', `launchpad-${spaceId}`])
  const saved = await saveConnection(admin, 'lake-raw', {
    version,
    description: 'Raw landing zone',
    params: { ...params, root: '/landing' },
  })
  expect(saved).toEqual({ version: version + 1, secretVoided: false })
  const stale = await failureOf(saveConnection(admin, 'lake-raw', { version, description: 'late' }))
  expect(stale).toMatchObject({ kind: 'conflict', details: { reason: 'changed-meanwhile' } })
  const [event] = await eventsAbout(spaceId, 'lake-raw', 'admin-connection-save').then((all) =>
    all.filter((one) => one.outcome === 'success'),
  )
  expect(event).toMatchObject({
    before: { description: '', root: '/' },
    after: { description: 'Raw landing zone', root: '/landing/' },
  })
  expect(Object.keys(event.after)).toEqual(['description', 'root'])
})

test.each<[string, Partial<OwnParams>]>([
  ['account', { accessKeyId: 'AKIAOTHERACCOUNT' }],
  ['endpoint', { endpoint: 'https://s3.example.com' }],
  ['role', { credentials: 'STS_ASSUME_ROLE', roleArn: 'arn:aws:iam::123456789012:role/Reader' }],
])('changing the %s voids the secret', async (what, change) => {
  const name = await addConnection(admin, `void-${what}`)
  const params = { ...storeParams(), ...change }
  expect(await saveConnection(admin, name, { version: 1, description: '', params })).toEqual({
    version: 2,
    secretVoided: true,
  })
  const row = await database().connection.findFirstOrThrow({ where: { name } })
  expect(row.secret).toBeNull()
  expect((await getConnection(admin, name)).details).toMatchObject({ secretSet: false, secretSetAt: null })
})

test('the secret is nowhere: not in an answer, an event, or a row in the clear', async () => {
  const answers = [
    await listConnections(admin),
    await getConnection(admin, 'lake-raw'),
    await listActivity(admin, 'lake-raw'),
    await testConnection(admin, 'lake-raw', { write: false }),
    await testDraft(admin, { params: storeParams(), secret: CANARY, write: false }),
  ]
  const rows = await database().$queryRaw`SELECT c::text FROM connection c`
  const events = await database().$queryRaw`SELECT e::text FROM audit_event e`
  const tests = await database().$queryRaw`SELECT t::text FROM connection_test t`
  expect(JSON.stringify([answers, rows, events, tests])).not.toContain(CANARY)
  const { secret } = await database().connection.findFirstOrThrow({ where: { name: 'lake-raw' } })
  expect(Buffer.from(secret ?? []).toString('latin1')).not.toContain(CANARY)
})
