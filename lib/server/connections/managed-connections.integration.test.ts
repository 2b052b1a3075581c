import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import { removeConnection } from '../datasets/connections/connection-removal'
import { now } from '../platform/clock'
import { inTransaction } from '../platform/db/transaction'
import {
  type ConnectionScene,
  makeConnectionScene,
  permit,
  selected,
  storeParams,
} from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { saveConnection } from './commands'
import { connectionKind } from './connection-kind'
import { createManagedConnection, removeManagedConnection } from './managed-connections'
import { getPermissions } from './permissions'
import { getConnection } from './queries'
import { openConnection } from './store-target'
import { testConnection } from './test-connection'

let drop: () => Promise<void>
let spaceId: string
let admin: Context
let groupId: ConnectionScene['groupId']
beforeAll(async () => {
  drop = await freshDatabase()
  ;({ spaceId, admin, groupId } = await makeConnectionScene())
})
afterAll(() => drop())

const request = () => ({
  spaceId,
  extensionKey: 'dku-audit-log',
  name: 'dku-audit-log',
  prefix: '/audit-logs/',
  usableByGroupIds: [groupId('space_administrators')],
  readRequired: true,
  actor: 'ada',
  at: now(),
})
const make = () => inTransaction((tx) => createManagedConnection(tx, request()))

test('is made once, however often it is asked for', async () => {
  const made = await Promise.all([make(), make()])
  expect(new Set(made.map((one) => one.connectionId)).size).toBe(1)
  expect(made.filter((one) => one.event !== null)).toHaveLength(1)
  const { state } = await getPermissions(admin, 'dku-audit-log')
  expect(state).toEqual({
    usableBy: 'selected',
    grants: [{ principal: 'group', id: groupId('space_administrators'), until: null }],
    detailsBy: 'nobody',
    detailsGroups: [],
    readRequired: true,
    hidden: false,
  })
})

test('reads its one folder with a key that can only read', async () => {
  const opened = withPermit(
    admin,
    connectionKind,
    'browse',
    { name: 'dku-audit-log' },
    {},
    async ({ row }) => row,
    async (permitted, row) => {
      const store = openConnection(permitted, row)
      const page = await store.listPage({ prefixPath: '/audit-logs/', maxKeys: 10 })
      const outside = await failureOf(store.listPage({ prefixPath: '/manifests/', maxKeys: 10 }))
      const write = await failureOf(store.put({ path: '/audit-logs/x', body: Buffer.from('x') }))
      return { page, reasons: [outside.details.reason, write.details.reason] }
    },
  )
  expect(await opened).toEqual({
    page: { objects: [], folders: [] },
    reasons: ['ERR_FSPROVIDER_FSLIKE_REACH_OUT_OF_ROOT', 'access-denied'],
  })
  const result = await testConnection(admin, 'dku-audit-log', { write: true })
  expect(result.ok).toBe(true)
  expect(result.steps.find((step) => step.step === 'write')?.outcome).toBe('not-tested')
})

test('only description and permissions can be edited, and administrators stay on its list', async () => {
  const params = storeParams()
  const refused = await failureOf(
    saveConnection(admin, 'dku-audit-log', { version: 1, description: '', params }),
  )
  expect(refused.message).toBe('Set by extension dku-audit-log.')
  await saveConnection(admin, 'dku-audit-log', { version: 1, description: 'Audit events' })
  const off = permit(admin, 'dku-audit-log', selected(groupId('designers')))
  expect((await failureOf(off)).details.reason).toBe('administrators-stay')
  expect((await failureOf(removeConnection(admin, 'dku-audit-log', ''))).details.reason).toBe('managed')
})

test('comes back under its id with the defaults', async () => {
  const { connectionId } = await make()
  await permit(admin, 'dku-audit-log', selected(groupId('space_administrators'), groupId('designers')))
  const event = await inTransaction((tx) =>
    removeManagedConnection(tx, { ...request(), reason: 'test', at: now() }),
  )
  expect(event).toMatchObject({ msgType: 'admin-connection-delete' })
  expect((await failureOf(getConnection(admin, 'dku-audit-log'))).kind).toBe('not_found')
  expect((await make()).connectionId).toBe(connectionId)
  const { state } = await getPermissions(admin, 'dku-audit-log')
  expect(state.grants.map((grant) => grant.id)).toEqual([groupId('space_administrators')])
})
