import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseExactJson, printExactJson } from '#lib/domain/exact-json'
import { makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { eventsOf } from '../testing/identity'
import { deleteProject } from './commands'
import { getDssPermissions, saveDssPermissions } from './dss-permissions'
import { getDssMetadata, saveDssMetadata } from './dss-project-settings'
import { createDssProject } from './dss-projects'
import { saveProjectMembers } from './members'
import { getProject, listProjects } from './queries'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
})
afterAll(() => drop())

/** Of a line that reads and writes. */
const flags = {
  admin: false,
  readProjectContent: true,
  writeProjectContent: false,
  exportDatasetsData: true,
  manageDashboardAuthorizations: false,
}

test('what only clients know of permissions is kept with its lines, and with lines that give nothing', async () => {
  const lines = [
    {
      group: 'designers',
      writeProjectContent: true,
      readDashboards: false,
      writeDashboards: true,
      note: 'x',
    },
    { group: 'auditors', admin: false, runScenarios: null },
    { user: 'otto', admin: true, readProjectContent: false, executeApp: true },
  ]
  await createDssProject(scene.mira, { projectKey: 'KEPT', name: 'Kept', permissions: lines })
  const read = await getDssPermissions(scene.mira, 'KEPT')
  const given = [
    expect.objectContaining({ user: 'mira', admin: true }),
    { ...flags, group: 'designers', ...lines[0] },
    { ...flags, user: 'otto', ...lines[2], writeProjectContent: true, manageDashboardAuthorizations: true },
    {
      ...flags,
      group: 'auditors',
      readProjectContent: false,
      exportDatasetsData: false,
      runScenarios: null,
    },
  ]
  expect(read.permissions).toEqual(expect.arrayContaining(given))
  expect(read.permissions).toHaveLength(given.length)
  const sent = structuredClone({ ...read, additionalDashboardUsers: { users: [{ login: 'guest' }] } })
  for (const line of sent.permissions) if (line.group) line.writeDashboards = !line.writeDashboards
  const events = (await eventsOf('project-permissions-save')).length
  // Of one that gives nothing it may not be asked for.
  const refused = await failureOf(saveDssPermissions(scene.mira, 'KEPT', sent))
  expect(refused.details.issues?.map(({ path }) => path?.at(-1))).toEqual(['writeDashboards'])
  for (const line of sent.permissions) if (line.group === 'auditors') line.writeDashboards = false
  await saveDssPermissions(scene.mira, 'KEPT', sent)
  const { versionTag: _, ...stands } = await getDssPermissions(scene.mira, 'KEPT')
  const { versionTag: __, ...wanted } = sent
  expect(stands).toEqual({ ...wanted, permissions: expect.arrayContaining(wanted.permissions) })
  expect((await eventsOf('project-permissions-save')).slice(events)).toMatchObject([
    { kept: { after: { around: { additionalDashboardUsers: {} } } } },
  ])
  // A stale text that differs in such a flag alone undoes nothing.
  expect((await failureOf(saveDssPermissions(scene.admin, 'KEPT', read))).kind).toBe('conflict')
  const stale = { ...read, additionalDashboardUsers: { users: [] } }
  expect((await failureOf(saveDssPermissions(scene.admin, 'KEPT', stale))).details.where).toBe(
    'additionalDashboardUsers, permissions',
  )
  // Another level by the page leaves what gives no right.
  const { version, members } = await getProject(scene.mira, 'KEPT')
  const lower = members.map((one) => (one.name === 'otto' ? { ...one, level: 'read' as const } : one))
  await saveProjectMembers(scene.mira, 'KEPT', { version, members: lower })
  const after = await getDssPermissions(scene.mira, 'KEPT')
  expect(after.permissions.find(({ user }) => user === 'otto')).toEqual({
    ...{ ...flags, user: 'otto', executeApp: true },
    manageDashboardAuthorizations: false,
  })
  const huge = [{ group: 'designers', readProjectContent: true, note: 'x'.repeat(70_000) }]
  expect(
    (await failureOf(saveDssPermissions(scene.mira, 'KEPT', { permissions: huge }))).details.reason,
  ).toBe('permissions-too-large')
  const tooLarge = createDssProject(scene.mira, { projectKey: 'HUGE', name: 'Huge', permissions: huge })
  expect((await failureOf(tooLarge)).details.reason).toBe('permissions-too-large')
})

test('who owns a project keeps it, whatever permissions they save', async () => {
  const read = await getDssPermissions(scene.mira, 'KEPT')
  await saveDssPermissions(scene.mira, 'KEPT', { ...read, permissions: [] })
  expect(await getDssPermissions(scene.mira, 'KEPT')).toMatchObject({ owner: 'mira', permissions: [] })
  expect(await getProject(scene.mira, 'KEPT')).toMatchObject({ level: 'admin', can: { handOver: true } })
  expect((await listProjects(scene.mira)).projects).toContainEqual(
    expect.objectContaining({ key: 'KEPT', level: 'admin' }),
  )
  expect((await failureOf(getProject(scene.auditor, 'KEPT'))).kind).toBe('not_found')
  const own = [{ user: 'mira', readProjectContent: true }]
  await saveDssPermissions(scene.mira, 'KEPT', { permissions: own })
  expect((await getDssPermissions(scene.mira, 'KEPT')).permissions).toMatchObject([
    { user: 'mira', writeProjectContent: false },
  ])
  await deleteProject(scene.mira, 'KEPT')
})

test('a new project keeps what only clients know of it, and refuses what would be lost', async () => {
  const said = { shortDesc: 'Short', customMeta: { kv: { a: 1 } }, color: '#fff', nothing: null }
  const input = { projectKey: 'SAID', name: 'Said', ...said }
  const refused = await failureOf(createDssProject(scene.mira, { ...input, label: 'Other' }))
  expect(refused.details.issues).toMatchObject([{ path: ['label'] }])
  await createDssProject(scene.mira, { ...input, label: 'Said', settings: null })
  const read = await getDssMetadata(scene.mira, 'SAID')
  expect(read).toMatchObject({ ...said, label: 'Said', tags: [] })
  expect(read).not.toHaveProperty('settings')
  await saveDssMetadata(scene.mira, 'SAID', { ...read, tags: ['a'], color: null })
  expect(await getDssMetadata(scene.mira, 'SAID')).toMatchObject({ tags: ['a'], color: null })
  await deleteProject(scene.mira, 'SAID')
})

test('how a number is spelled stays when something else is saved', async () => {
  await createDssProject(scene.mira, { projectKey: 'SPELT', name: 'Spelt' })
  const save = (json: string) =>
    saveDssMetadata(scene.mira, 'SPELT', parseExactJson(json) as { tags?: string[] })
  const kept = async () => printExactJson(await getDssMetadata(scene.mira, 'SPELT'))
  await save('{"rate": 1.0, "list": [1e5], "count": 2.0}')
  await save('{"tags": ["a"], "count": 2, "more": 3.00}')
  for (const told of ['"rate":1.0,', '"list":[1e5],', '"more":3.00,', '"count":2,'])
    expect(await kept()).toContain(told)
  await save('{"rate": 1}')
  expect(await kept()).toContain('"rate":1,')
  await deleteProject(scene.mira, 'SPELT')
})
