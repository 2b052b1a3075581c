import { succeed } from './http'
import type { Login } from './launchpad'

/** Something that clients read whole and send back, and where what became of it shows. */
export interface WholeBody {
  /** `"put /dip/publicapi/projects/{projectKey}/metadata"` */
  operation: string
  method: 'POST' | 'PUT'
  path: string
  body: Record<string, unknown>
  /** What is read of it, and of all that it stands among. */
  readers: string[]
  as: { token: string }
}

const API = '/dip/publicapi'
const DATASETS = '/projects/{projectKey}/datasets'
const DATASET = `${DATASETS}/{name}`
const METADATA = '/projects/{projectKey}/metadata'
const TAGS = '/projects/{projectKey}/tags'

/** All that people say of a dataset, and all that it can be read by. */
const FULL = {
  tags: ['a'],
  description: 'Whole',
  shortDesc: 'Whole',
  customMeta: { kv: { a: 'b' } },
  checklists: { checklists: [{ title: 'a' }] },
  partitioning: {
    dimensions: [
      { name: 'kind', type: 'value' },
      { name: 'day', type: 'time', params: { period: 'DAY' } },
    ],
    filePathPattern: '/%{kind}/%Y/%M/%D/.*',
  },
}
const RULE = { mode: 'GLOB', matchingMode: 'FILENAME', expr: '*.log' }
const SELECTION = {
  mode: 'RULES_INCLUDED_ONLY',
  includeRules: [RULE],
  excludeRules: [RULE],
  explicitFiles: [],
}

/** Who sends, and the dataset that is there with its connection. */
interface Known {
  admin: Login
  analyst: Login
  projectKey: string
  name: string
  connection: string
}

/**
 * What each route of the public API takes whole, as it stands now; without tags, so that the last one wins. Makes a
 * key, a user and a group for it.
 */
export async function wholeBodies(origin: string, { admin, analyst, ...known }: Known): Promise<WholeBody[]> {
  const governor = { token: admin.apiKey }
  const designer = { token: analyst.apiKey }
  const make = async (path: string, body: object) =>
    (await succeed(origin, { method: 'POST', path: API + path, body, as: governor })).json()
  const user = { login: 'whole', password: 'correct-horse-battery', displayName: 'Whole', groups: [] }
  await make('/admin/users', user)
  await make('/admin/groups', { name: 'whole', description: 'Whole' })
  const key = await make('/admin/global-api-keys', { label: 'whole', globalPermissions: { admin: false } })

  const ofDataset = { ...known, login: 'whole', keyId: String(key.id) }
  const ofGroup = { ...ofDataset, name: 'whole' }
  const ofConnection = { ...ofDataset, name: known.connection }
  const pathOf = (template: string, names: Record<string, string>) =>
    API + template.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '')
  const read = async (template: string, names: Record<string, string>, as: WholeBody['as']) => {
    const { json } = await succeed(origin, { method: 'GET', path: pathOf(template, names), as })
    const { versionTag, creationTag, metadataTag, permissionsTag, ...body } = json()
    return body
  }
  const post = (template: string, body: WholeBody['body'], readers: string[]): WholeBody => ({
    operation: `post ${API}${template}`,
    method: 'POST',
    path: pathOf(template, ofDataset),
    body,
    readers: readers.map((one) => pathOf(one, ofDataset)),
    as: designer,
  })
  const put = async (
    template: string,
    names: Record<string, string>,
    as: WholeBody['as'],
    readers: string[] = [],
    change: (body: WholeBody['body']) => WholeBody['body'] = (body) => body,
  ): Promise<WholeBody> => ({
    operation: `put ${API}${template}`,
    method: 'PUT',
    path: pathOf(template, names),
    body: change(await read(template, names, as)),
    readers: [template, ...readers].map((one) => pathOf(one, names)),
    as,
  })
  const { projectKey, name } = known
  return [
    await put(
      DATASET,
      ofDataset,
      designer,
      [`${DATASET}/metadata`, `${DATASET}/schema`, DATASETS, TAGS],
      (one) => ({
        ...one,
        ...FULL,
        params: { ...(one.params as object), filesSelectionRules: SELECTION },
      }),
    ),
    await put(`${DATASET}/metadata`, ofDataset, designer, [DATASET, TAGS]),
    await put(`${DATASET}/schema`, ofDataset, designer, [DATASET]),
    await put(METADATA, ofDataset, designer, ['/projects/{projectKey}/settings', TAGS, '/projects']),
    await put('/projects/{projectKey}/permissions', ofDataset, governor),
    await put('/admin/connections/{name}', ofConnection, governor, ['/admin/connections']),
    await put('/admin/users/{login}', ofDataset, governor, ['/admin/users', '/users']),
    // Under another name the next request would not find it.
    await put(
      '/admin/groups/{name}',
      ofGroup,
      governor,
      ['/admin/groups', '/groups'],
      ({ name: _, ...one }) => one,
    ),
    await put('/admin/global-api-keys/{keyId}', ofDataset, governor, ['/admin/global-api-keys']),
    post('/projects/{projectKey}/actions/renameDataset', { oldName: name, newName: name }, [DATASETS]),
    post(
      '/projects/{projectKey}/jobs',
      { type: 'RECURSIVE_BUILD', outputs: [{ type: 'DATASET', id: name, projectKey, partition: 'a' }] },
      ['/projects/{projectKey}/jobs'],
    ),
  ]
}
