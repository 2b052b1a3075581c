import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Handler } from '#lib/server/http/declare'
import { callAsKey, type KeyedCaller } from '#lib/server/testing/call-as-key'
import { freshDatabase } from '#lib/server/testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  PROJECT,
} from '#lib/server/testing/dataset-scene'
import { tryKnownKeys, tryUnknownKeys, type Writing } from '#lib/server/testing/try-keys'
import * as globalKey from './admin/global-api-keys/[keyId]/route'
import * as globalKeys from './admin/global-api-keys/route'
import * as group from './admin/groups/[name]/route'
import * as groups from './admin/groups/route'
import * as user from './admin/users/[login]/route'
import * as users from './admin/users/route'
import * as datasetSchema from './projects/[projectKey]/datasets/[name]/schema/route'
import * as projectMetadata from './projects/[projectKey]/metadata/route'
import * as permissions from './projects/[projectKey]/permissions/route'

vi.setConfig({ testTimeout: 300_000 })

let drop: () => Promise<void>
let scene: DatasetScene
let key: KeyedCaller
const names = { projectKey: PROJECT, name: 'rows', login: 'whole', keyId: '' }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  key = await callAsKey(scene.admin, 'all')
  await addDataset(scene.mira, 'rows', definitionOver('/', { partitioning: BY_NODE_AND_DAY }))
  const person = { login: 'whole', password: 'correct-horse-battery', displayName: 'Whole', groups: [] }
  await made(users.POST, person)
  await made(groups.POST, { name: 'whole', description: 'Whole' })
  names.keyId = String(
    (await made(globalKeys.POST, { label: 'whole', globalPermissions: { admin: false } })).id,
  )
})
afterAll(() => drop())

const ask: KeyedCaller['ask'] = (...call) => key.ask(...call)

const made = (handler: Handler, body: Record<string, unknown>) => key.make(handler, names, body)

/** What a GET gives out, without the marks by which two writers meet: each save is as if nothing had been saved before. */
async function wholeOf(handler: Handler, params: Record<string, string>): Promise<Record<string, unknown>> {
  const { status, text } = await ask(handler, 'GET', params)
  if (status !== 200) throw new Error(text)
  const { versionTag, creationTag, metadataTag, permissionsTag, ...whole } = JSON.parse(text)
  return whole
}

type Change = (whole: Record<string, unknown>) => Record<string, unknown>

async function writingOf(
  { GET, PUT }: { GET: Handler; PUT: Handler },
  params: Record<string, string> = names,
  change: Change = (whole) => whole,
): Promise<Writing> {
  const body = change(await wholeOf(GET, params))
  return { body, save: (sent) => ask(PUT, 'PUT', params, sent), read: () => wholeOf(GET, params) }
}

/** What clients edit in place is always there. */
const ALWAYS_THERE: Record<string, object> = {
  custom: { kv: {} },
  customMeta: { kv: {} },
  checklists: { checklists: [] },
}

const saidAgain = (path: string, value: unknown) =>
  path in ALWAYS_THERE && isObject(value) ? [{ ...ALWAYS_THERE[path], ...value }] : []

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Empty names ask for nothing, nor does when a key was used last; a right that is null is not given. */
const ASKS_NOTHING = (path: string, value: unknown, before: unknown) =>
  value === '' || path === 'lastUsedOn' ? [before] : value === null ? [false] : []

async function expectRoundTrips(writing: Writing, saved: Parameters<typeof tryKnownKeys>[1] = ASKS_NOTHING) {
  const faults = [...(await tryUnknownKeys(writing)), ...(await tryKnownKeys(writing, saved))]
  if (faults.length > 0) console.log(faults.join('\n'))
  expect(faults).toEqual([])
}

const said = {
  tags: ['a'],
  description: 'Whole',
  shortDesc: 'Whole',
  customMeta: { kv: { a: 'b' } },
  checklists: { checklists: [{ title: 'a' }] },
}

test('a schema', async () => {
  await expectRoundTrips(await writingOf(datasetSchema))
})

test('metadata of a project', async () => {
  await expectRoundTrips(await writingOf(projectMetadata, names, (one) => ({ ...one, ...said })), saidAgain)
})

test('permissions of a project', async () => {
  const lines = [
    { group: 'auditors', readProjectContent: true, readDashboards: true },
    { user: 'whole', admin: true, writeDashboards: false },
  ]
  await expectRoundTrips(await writingOf(permissions, names, (one) => ({ ...one, permissions: lines })))
})

test('a user', async () => {
  await expectRoundTrips(await writingOf(user))
})

test('a group', async () => {
  // Under another name the next save would not find it.
  await expectRoundTrips(await writingOf(group, { name: 'whole' }, ({ name: _, ...one }) => one))
})

test('a global key', async () => {
  await expectRoundTrips(await writingOf(globalKey))
})
