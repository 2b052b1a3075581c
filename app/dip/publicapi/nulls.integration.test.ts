import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Handler } from '#lib/server/http/declare'
import { callAsKey, type KeyedCaller } from '#lib/server/testing/call-as-key'
import { freshDatabase } from '#lib/server/testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  PROJECT,
} from '#lib/server/testing/dataset-scene'
import { type Path, pathsIn, valueAt, withoutValueAt, withValueAt } from '#lib/server/testing/try-keys'
import * as connection from './admin/connections/[name]/route'
import * as connections from './admin/connections/route'
import * as globalKey from './admin/global-api-keys/[keyId]/route'
import * as globalKeys from './admin/global-api-keys/route'
import * as group from './admin/groups/[name]/route'
import * as groups from './admin/groups/route'
import * as user from './admin/users/[login]/route'
import * as users from './admin/users/route'
import * as datasetMetadata from './projects/[projectKey]/datasets/[name]/metadata/route'
import * as dataset from './projects/[projectKey]/datasets/[name]/route'
import * as datasetSchema from './projects/[projectKey]/datasets/[name]/schema/route'
import * as datasets from './projects/[projectKey]/datasets/route'
import * as projectMetadata from './projects/[projectKey]/metadata/route'
import * as permissions from './projects/[projectKey]/permissions/route'
import * as projects from './projects/route'

type Body = Record<string, unknown>
type Names = Record<string, string>

vi.setConfig({ testTimeout: 120_000 })

let drop: () => Promise<void>
let scene: DatasetScene
let key: KeyedCaller
const names = { projectKey: PROJECT, name: 'rows', login: 'whole', keyId: '' }

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  key = await callAsKey(scene.admin, 'all')
  await addDataset(scene.mira, 'rows', definitionOver('/', { partitioning: BY_NODE_AND_DAY }))
  const password = 'correct-horse-battery'
  await made(users.POST, { login: 'whole', password, displayName: 'Whole', groups: ['designers'] })
  await made(groups.POST, { name: 'whole', description: 'Whole' })
  names.keyId = String((await made(globalKeys.POST, { label: 'whole', groups: ['designers'] })).id)
})
afterAll(() => drop())

const ask: KeyedCaller['ask'] = (...call) => key.ask(...call)

const made = (handler: Handler, body: Record<string, unknown>) => key.make(handler, names, body)

const SAID = {
  tags: ['a'],
  description: 'Whole',
  shortDesc: 'Whole',
  customMeta: { kv: { a: 'b' } },
  checklists: { checklists: [{ title: 'a' }] },
}
const RULE = { mode: 'GLOB', matchingMode: 'FILENAME', expr: '*.log' }
const filesSelectionRules = {
  mode: 'RULES_ALL_BUT_EXCLUDED',
  includeRules: [RULE],
  excludeRules: [RULE],
  explicitFiles: ['/a'],
}
const COLUMN = { name: 'line', type: 'string', meaning: 'Text', comment: 'Whole', maxLength: 5 }
const schema = { columns: [COLUMN], userModified: true }
const lines = [{ group: 'auditors', readProjectContent: true }]

/** Only clients know what is in these: it is kept as it comes, null as well. */
const THEIRS = [
  ...['checklists.checklists.', 'customMeta.kv.', 'custom.kv.', 'settings.'],
  ...['allowManagedFolders', 'allowKnowledgeBanks'],
]
/** Null says here that there is none, as it is given out. */
const SAYS_NONE = ['params.bucket']

const isParted = (value: unknown) => typeof value === 'object' && value !== null
const isKnown = (path: string) => !THEIRS.some((prefix) => path.startsWith(prefix))

/** The paths of lists and objects in a body, and those of whatever has no parts. */
function placesIn(body: Body): { parted: Path[]; plain: Path[] } {
  const places = pathsIn(body).filter((path) => isKnown(path.join('.')))
  return {
    parted: places.filter((path) => isParted(valueAt(body, path))),
    plain: places.filter(
      (path) => !isParted(valueAt(body, path)) && !SAYS_NONE.includes(path.join('.')) && !isInList(path),
    ),
  }
}

/** An element is no field that can be left out. */
const isInList = (path: Path) => typeof path.at(-1) === 'number'

interface Refused {
  status: number
  text: string
}
const saysPath = ({ status, text }: Refused, path: Path) =>
  status === 422 && text.includes(path.join('.'))
    ? []
    : [`${path.join('.')}: ${status} ${text.slice(0, 200)}`]

type Change = (whole: Body) => Body
const saved: [string, { GET: Handler; PUT: Handler }, Names, Change][] = [
  [
    'a dataset',
    dataset,
    names,
    (one) => ({ ...one, ...SAID, schema, params: { ...(one.params as object), filesSelectionRules } }),
  ],
  ['a schema', datasetSchema, names, (one) => ({ ...one, ...schema })],
  ['metadata of a dataset', datasetMetadata, names, (one) => ({ ...one, ...SAID, custom: SAID.customMeta })],
  ['metadata of a project', projectMetadata, names, (one) => ({ ...one, ...SAID })],
  ['permissions of a project', permissions, names, (one) => ({ ...one, permissions: lines })],
  [
    'a connection',
    connection,
    { name: LAKE },
    (one) => ({
      ...one,
      params: { ...(one.params as object), allowedPrefixes: ['/a/'] },
      detailsReadability: { readableBy: 'ALLOWED', allowedGroups: ['auditors'] },
    }),
  ],
  ['a user', user, names, (one) => one],
  ['a group', group, { name: 'whole' }, ({ name: _, ...one }) => one],
  ['a global key', globalKey, names, (one) => one],
]

describe.each(saved)('null in %s that is saved', (_, { GET, PUT }, params, change) => {
  const read = async (): Promise<Body> => {
    const { status, text } = await ask(GET, 'GET', params)
    expect(`${status} ${text}`).toMatch(/^200 /)
    const { versionTag, creationTag, metadataTag, permissionsTag, lastUsedOn, ...whole } = JSON.parse(text)
    return whole
  }
  const begin = async () => {
    const body = change(await read())
    expect((await ask(PUT, 'PUT', params, body)).status).toBe(200)
    return body
  }

  test('in place of a list or an object is refused by its path', async () => {
    const body = await begin()
    const stands = await read()
    const faults: string[] = []
    for (const path of placesIn(body).parted)
      faults.push(...saysPath(await ask(PUT, 'PUT', params, withValueAt(body, path, null)), path))
    expect(faults).toEqual([])
    expect(await read()).toEqual(stands)
  })

  test('in place of anything else is as if it were left out', async () => {
    const body = await begin()
    const outcome = async (sent: unknown) => {
      await ask(PUT, 'PUT', params, body)
      const { status } = await ask(PUT, 'PUT', params, sent)
      return { status, stands: await read() }
    }
    const faults: string[] = []
    for (const path of placesIn(body).plain) {
      const without = JSON.stringify(await outcome(withoutValueAt(body, path)))
      const withNull = JSON.stringify(await outcome(withValueAt(body, path, null)))
      if (without !== withNull) faults.push(`${path.join('.')}: ${without} but ${withNull}`)
    }
    expect(faults).toEqual([])
  })
})

const DATASET = {
  type: 'S3',
  managed: false,
  formatType: 'line',
  formatParams: { charset: 'utf8', compress: '' },
  params: { connection: LAKE, path: '/', notReadyIfEmpty: false, filesSelectionRules },
  partitioning: { ...BY_NODE_AND_DAY, ignoreNonMatchingFile: true },
  schema,
  ...SAID,
}
const OF_PROJECT = { owner: 'ada', permissions: lines, settings: { a: 1 }, ...SAID }
const OF_CONNECTION = {
  type: 'EC2',
  description: 'Whole',
  params: { credentialsMode: 'ENVIRONMENT', chbucket: 'whole', allowedPrefixes: ['/a/'] },
  usableBy: 'ALLOWED',
  allowedGroups: ['designers'],
  detailsReadability: { readableBy: 'ALLOWED', allowedGroups: ['auditors'] },
  allowWrite: true,
}
const OF_USER = { password: 'correct-horse-battery', displayName: 'Whole', email: '', groups: ['designers'] }
const OF_KEY = { label: 'Whole', description: 'Whole', expiresOn: 0 }

const creations: [string, Handler, Body, (unique: string) => Body][] = [
  ['a dataset', datasets.POST, DATASET, (name) => ({ name })],
  ['a project', projects.POST, OF_PROJECT, (name) => ({ projectKey: name.toUpperCase(), name, label: name })],
  ['a connection', connections.POST, OF_CONNECTION, (name) => ({ name })],
  ['a user', users.POST, OF_USER, (login) => ({ login })],
  ['a group', groups.POST, { description: 'Whole' }, (name) => ({ name })],
  [
    'a global key',
    globalKeys.POST,
    { ...OF_KEY, groups: ['designers'], globalPermissions: { admin: false } },
    () => ({}),
  ],
]

describe.each(creations)('null in %s that is made', (kind, POST, body, nameOf) => {
  const make = (sent: unknown) => ask(POST, 'POST', names, sent)
  let count = 0
  /** Each is another one. */
  const next = () => nameOf(`${kind.replace(/\W/g, '_')}_${count++}`)

  test('in place of a list or an object is refused by its path', async () => {
    const faults: string[] = []
    for (const path of placesIn(body).parted) {
      // What clients send where they were given none.
      if (path.join('.') === 'settings') continue
      faults.push(...saysPath(await make({ ...(withValueAt(body, path, null) as Body), ...next() }), path))
    }
    expect(faults).toEqual([])
  })

  test('in place of anything else is as if it were left out', async () => {
    const faults: string[] = []
    for (const path of placesIn(body).plain) {
      const without = await make({ ...(withoutValueAt(body, path) as Body), ...next() })
      const withNull = await make({ ...(withValueAt(body, path, null) as Body), ...next() })
      if (without.status !== withNull.status)
        faults.push(
          `${path.join('.')}: ${without.status} ${without.text} but ${withNull.status} ${withNull.text}`,
        )
    }
    expect(faults).toEqual([])
  })
})

test('what clients send where they are told nothing makes it', async () => {
  const project = { projectKey: 'NULLS', name: 'Nulls', owner: 'ada', settings: null, description: null }
  await made(projects.POST, { ...project, permissions: [], tags: [] })
  await made(groups.POST, { name: 'nulls', description: null, sourceType: 'LOCAL' })
  await made(globalKeys.POST, { label: null, description: null, globalPermissions: { admin: false } })
  const params = { connection: LAKE, path: '/' }
  await made(datasets.POST, {
    name: 'nulls',
    projectKey: PROJECT,
    type: 'S3',
    params,
    formatType: null,
    formatParams: {},
  })
})
