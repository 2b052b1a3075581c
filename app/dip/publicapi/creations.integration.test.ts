import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Handler } from '#lib/server/http/declare'
import { callAsKey, type KeyedCaller } from '#lib/server/testing/call-as-key'
import { freshDatabase } from '#lib/server/testing/database'
import { LAKE, makeDatasetScene, PROJECT } from '#lib/server/testing/dataset-scene'
import { pathsIn, tryKnownKeys, tryUnknownKeys, valueAt, withoutValueAt } from '#lib/server/testing/try-keys'
import * as globalKey from './admin/global-api-keys/[keyId]/route'
import * as globalKeys from './admin/global-api-keys/route'
import * as group from './admin/groups/[name]/route'
import * as groups from './admin/groups/route'
import * as user from './admin/users/[login]/route'
import * as users from './admin/users/route'
import * as dataset from './projects/[projectKey]/datasets/[name]/route'
import * as datasets from './projects/[projectKey]/datasets/route'
import * as projectMetadata from './projects/[projectKey]/metadata/route'
import * as permissions from './projects/[projectKey]/permissions/route'
import * as settings from './projects/[projectKey]/settings/route'
import * as projects from './projects/route'

type Body = Record<string, unknown>
type Names = Record<string, string>

vi.setConfig({ testTimeout: 300_000 })

let drop: () => Promise<void>
let key: KeyedCaller
beforeAll(async () => {
  drop = await freshDatabase()
  const scene = await makeDatasetScene()
  key = await callAsKey(scene.admin, 'all')
})
afterAll(() => drop())

const ask: KeyedCaller['ask'] = (...call) => key.ask(...call)

async function read(handler: Handler, params: Names): Promise<Body> {
  const { status, text } = await ask(handler, 'GET', params)
  expect(`${status} ${text}`).toMatch(/^200 /)
  return JSON.parse(text)
}

interface Creation {
  POST: Handler
  body: Body
  /** What makes each another one. */
  naming: (unique: string) => Body
  /** What stands of one that was made. */
  stands: (named: Body, made: Body) => Promise<Body>
  /** A body of a part: what its clients edit in place is always there. */
  alwaysThere?: Record<string, object>
}

const SAID = {
  tags: ['a'],
  description: 'Whole',
  shortDesc: 'Whole',
  customMeta: { kv: { a: 'b', deep: { list: [1, null] } }, more: 1 },
  checklists: { checklists: [{ title: 'a', items: [{ done: false }] }], more: { a: [] } },
}
const lines = [
  { group: 'auditors', readProjectContent: true, readDashboards: true },
  { user: 'mira', admin: true, writeDashboards: false },
]

const creations: Record<string, Creation> = {
  dataset: {
    POST: datasets.POST,
    body: { managed: false, ...SAID },
    // What reads its files is walked where it is saved.
    naming: (name) => ({ name, type: 'S3', params: { connection: LAKE, path: '/' } }),
    stands: ({ name }) => read(dataset.GET, { projectKey: PROJECT, name: String(name) }),
  },
  project: {
    POST: projects.POST,
    body: { owner: 'ada', permissions: lines, settings: { a: { b: [1] } }, ...SAID },
    naming: (unique) => ({ projectKey: unique.toUpperCase(), name: unique }),
    stands: async ({ projectKey }) => {
      const params = { projectKey: String(projectKey) }
      const { owner, permissions: all } = await read(permissions.GET, params)
      // The owner is the first of the members, whoever else is named.
      const others = (all as Body[]).filter((one) => one.user !== owner)
      const { settings: given } = await read(settings.GET, params)
      return { ...(await read(projectMetadata.GET, params)), owner, permissions: others, settings: given }
    },
    alwaysThere: { customMeta: { kv: {} }, checklists: { checklists: [] } },
  },
  user: {
    POST: users.POST,
    body: { email: '', groups: ['designers'], sourceType: 'LOCAL' },
    // Without a name of their own they have their login's.
    naming: (login) => ({ login, password: 'correct-horse-battery', displayName: login }),
    stands: ({ login }) => read(user.GET, { login: String(login) }),
  },
  group: {
    POST: groups.POST,
    body: { description: 'Whole', sourceType: 'LOCAL' },
    naming: (name) => ({ name }),
    stands: ({ name }) => read(group.GET, { name: String(name) }),
  },
  'global key': {
    POST: globalKeys.POST,
    body: {
      label: 'Whole',
      description: 'Whole',
      groups: ['designers'],
      globalPermissions: { admin: false },
      expiresOn: 0,
    },
    naming: () => ({}),
    stands: (_, { id }) => read(globalKey.GET, { keyId: String(id) }),
  },
}

test.each(Object.entries(creations))(
  'a new %s is given back as it was sent, or refused by the path',
  async (kind, one) => {
    const { POST, body, naming, stands, alwaysThere = {} } = one
    let count = 0
    let last: Promise<Body> = Promise.resolve({})
    const save = async (sent: unknown) => {
      const named = naming(`${kind.replace(/\W/g, '_')}_${count++}`)
      const whole = typeof sent === 'object' && !Array.isArray(sent) ? { ...sent, ...named } : sent
      const told = await ask(POST, 'POST', { projectKey: PROJECT }, whole)
      if (told.status < 300) last = stands(named, JSON.parse(told.text))
      return told
    }
    const whole = { body, save, read: () => last }
    expect((await save(body)).status).toBe(200)
    expect(await last).toMatchObject(body)

    // What null stands for: what is there when nothing is said.
    const untold = new Map<string, unknown>()
    for (const path of pathsIn(body)) {
      const { status } = await save(withoutValueAt(body, path))
      if (status < 300) untold.set(path.join('.'), valueAt(await last, path))
    }
    const saved = (path: string, value: unknown) => [
      ...(value === null || value === '' ? [untold.get(path)] : []),
      ...(path in alwaysThere && value?.constructor === Object ? [{ ...alwaysThere[path], ...value }] : []),
    ]
    const faults = [...(await tryUnknownKeys(whole)), ...(await tryKnownKeys(whole, saved))]
    if (faults.length > 0) console.log(faults.join('\n'))
    expect(faults).toEqual([])
  },
)
