import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Handler } from '#lib/server/http/declare'
import { callAsKey, type KeyedCaller } from '#lib/server/testing/call-as-key'
import { freshDatabase } from '#lib/server/testing/database'
import {
  addDataset,
  definitionOver,
  LAKE,
  makeDatasetScene,
  PROJECT,
} from '#lib/server/testing/dataset-scene'
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
import * as projectMetadata from './projects/[projectKey]/metadata/route'
import * as permissions from './projects/[projectKey]/permissions/route'

type Body = Record<string, unknown>
type Names = Record<string, string>

let drop: () => Promise<void>
type Writer = 'ours' | 'theirs'
let keys: Record<Writer, KeyedCaller>
const names = { projectKey: PROJECT, name: 'rows', login: 'whole', keyId: '' }

beforeAll(async () => {
  drop = await freshDatabase()
  const scene = await makeDatasetScene()
  keys = { ours: await callAsKey(scene.admin, 'ours'), theirs: await callAsKey(scene.admin, 'theirs') }
  await addDataset(scene.mira, 'rows', definitionOver('/'))
  const password = 'correct-horse-battery'
  await made(users.POST, { login: 'whole', password, displayName: 'Whole', groups: ['designers'] })
  await made(groups.POST, { name: 'whole', description: 'Whole' })
  names.keyId = String((await made(globalKeys.POST, { label: 'whole', groups: ['designers'] })).id)
})
afterAll(() => drop())

const ask = (writer: Writer, ...call: Parameters<KeyedCaller['ask']>) => keys[writer].ask(...call)

const made = (handler: Handler, body: Body) => keys.ours.make(handler, names, body)

/** Something that clients read whole, change and send back. */
interface Noun {
  route: { GET: Handler; PUT: Handler }
  params?: Names
  /** What another writer changes, one value after the other. */
  field: string
  values: [unknown, unknown]
  /** What is changed from an older reading. */
  own: Body
  /** A field that has to be sent, so that who leaves it to others sends it as it stands. */
  isNeeded?: boolean
}

const memberOf = (...list: string[]) =>
  list.map((name) => ({
    group: name,
    admin: false,
    readProjectContent: true,
    writeProjectContent: false,
    exportDatasetsData: true,
    manageDashboardAuthorizations: false,
  }))
const column = (name: string) => ({ name, type: 'string' })

const nouns: Record<string, Noun> = {
  'a dataset': {
    route: dataset,
    field: 'unreadableFiles',
    values: ['warn', 'fail'],
    own: { description: 'Ours' },
  },
  'the schema of a dataset': {
    route: datasetSchema,
    field: 'columns',
    values: [[column('theirs')], [column('theirs'), column('more')]],
    own: { userModified: true },
    isNeeded: true,
  },
  'the metadata of a dataset': {
    route: datasetMetadata,
    field: 'tags',
    values: [['theirs'], []],
    own: { shortDesc: 'Ours' },
  },
  'the metadata of a project': {
    route: projectMetadata,
    field: 'tags',
    values: [['theirs'], []],
    own: { shortDesc: 'Ours' },
  },
  'the permissions of a project': {
    route: permissions,
    field: 'permissions',
    values: [memberOf('designers', 'auditors'), memberOf('designers')],
    own: { onlyClientsKnow: 'Ours' },
    isNeeded: true,
  },
  'a connection': {
    route: connection,
    params: { name: LAKE },
    field: 'allowedGroups',
    values: [['designers'], ['auditors', 'designers']],
    own: { description: 'Ours' },
  },
  'a user': {
    route: user,
    field: 'groups',
    values: [[], ['auditors']],
    own: { displayName: 'Ours' },
  },
  'whether a user is enabled': {
    route: user,
    field: 'enabled',
    values: [false, true],
    own: { displayName: 'Ours as well' },
  },
  'a group': {
    route: group,
    params: { name: 'whole' },
    field: 'description',
    values: ['Theirs', 'Theirs again'],
    own: {},
  },
  'a global key': {
    route: globalKey,
    field: 'groups',
    values: [[], ['auditors']],
    own: { description: 'Ours' },
  },
}

/** What a writer reads and sends of a noun. */
function writers({ route, params = names }: Noun) {
  const read = async (writer: Writer): Promise<Body> => {
    const { status, text } = await ask(writer, route.GET, 'GET', params)
    expect(`${status} ${text}`).toMatch(/^200 /)
    return JSON.parse(text)
  }
  const save = (writer: Writer, body: Body) => ask(writer, route.PUT, 'PUT', params, body)
  return { read, save }
}

/** Without what tells the reading, and when a key was used. */
function whatStands({ versionTag, metadataTag, permissionsTag, lastUsedOn, ...rest }: Body): Body {
  return rest
}

describe.each(Object.entries(nouns))('%s', (_, noun) => {
  const { field, values, own, isNeeded } = noun
  const { read, save } = writers(noun)

  test('what was read before another changed it undoes nothing', async () => {
    const ours = await read('ours')
    const theirs = await read('theirs')
    expect((await save('theirs', { ...theirs, [field]: values[0] })).status).toBe(200)
    const stands = whatStands(await read('theirs'))
    expect(stands[field]).toEqual(values[0])

    const { status, text } = await save('ours', { ...ours, ...own })
    expect(status).toBe(409)
    expect(JSON.parse(text)).toMatchObject({ errorType: expect.any(String), message: expect.any(String) })
    expect((await save('ours', { ...ours, [field]: values[1] })).status).toBe(409)
    expect(whatStands(await read('theirs'))).toEqual(stands)
  })

  test('what leaves the changed field alone is joined with it', async () => {
    const { [field]: _, ...ours } = await read('ours')
    const theirs = await read('theirs')
    expect((await save('theirs', { ...theirs, [field]: values[1] })).status).toBe(200)
    const asItStands = isNeeded ? { [field]: (await read('ours'))[field] } : {}
    const { status, text } = await save('ours', { ...ours, ...own, ...asItStands })
    expect(`${status} ${text}`).toMatch(/^200 /)
    expect(await read('theirs')).toMatchObject({ ...own, [field]: values[1] })
  })

  test('what was read just now is saved, and so is what tells no reading', async () => {
    const ours = await read('ours')
    expect((await save('ours', { ...ours, [field]: values[0] })).status).toBe(200)
    expect((await read('theirs'))[field]).toEqual(values[0])
    const { permissionsTag, metadataTag, versionTag, ...older } = ours
    expect((await save('ours', older)).status).toBe(200)
    expect((await read('theirs'))[field]).toEqual(ours[field])
  })
})

test.each([
  ['users', users.GET, user.PUT, 'login', { groups: [] }, { displayName: 'Listed' }],
  ['groups', groups.GET, group.PUT, 'name', { description: 'Theirs, listed' }, { description: 'Listed' }],
  ['global keys', globalKeys.GET, globalKey.PUT, 'id', { groups: [] }, { description: 'Listed' }],
  ['connections', connections.GET, connection.PUT, 'name', { usableBy: 'ALL' }, { description: 'Listed' }],
] as const)(
  'one of the list of %s is saved as it was read, or not',
  async (_, GET, PUT, id, theirs, ours) => {
    const names = { login: 'whole', name: id === 'name' ? 'whole' : '', id: '' }
    const listed: Body[] = Object.values(JSON.parse((await ask('ours', GET, 'GET', {})).text))
    const found = listed.find((one) => ['whole', LAKE].includes(String(one.label ?? one.login ?? one.name)))
    const params = { ...names, name: String(found?.name), keyId: String(found?.id) }
    expect((await ask('theirs', PUT, 'PUT', params, theirs)).status).toBe(200)
    expect((await ask('ours', PUT, 'PUT', params, { ...found, ...ours })).status).toBe(409)
  },
)
