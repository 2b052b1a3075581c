import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { database } from '../platform/db/client'
import { saveProjectMembers } from '../projects/members'
import { permit, selected } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  LAKE,
  makeDatasetScene,
  memberships,
  messagesOf,
  PROJECT,
} from '../testing/dataset-scene'
import { failureOf } from '../testing/failure-of'
import { contextOf } from '../testing/identity'
import { createDataset, deleteDataset, saveDataset } from './commands'
import { removeConnection } from './connections/connection-removal'
import { startTestAndDetect } from './detection/test-and-detect'
import { createDraft, discardDraft, getDraft, listDrafts, saveDraft } from './drafts'
import { listDatasetPartitions } from './listing/list-partitions'
import { getPartitions } from './listing/listings'
import { startListDatasetPartitions } from './listing/start-listing'
import { getDataset, listDatasets } from './queries'
import { readSample } from './sampling/read-sample'

let drop: () => Promise<void>
let scene: DatasetScene
let admin: Context
let mira: Context
let auditor: Context
let stranger: Context
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ admin, mira, auditor, stranger } = scene)
  await scene.put('logs/design/2026/11/22/a.log', 'one\ntwo\n')
})
afterAll(() => drop())

const settings = (name: string) => ({
  name,
  definition: definitionOver('/logs/'),
  partitioningActive: false,
  touched: [],
})

const at = ({ id }: { id: string }) => ({ projectKey: PROJECT, draftId: id })

test('a dataset is created with its event, ends its draft, and begins its first listing', async () => {
  const draft = await createDraft(mira, PROJECT, settings('logs'))
  const definition = definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY })
  expect(await createDataset(mira, PROJECT, { name: 'logs', definition, draftId: draft.id })).toEqual({
    name: 'logs',
  })
  expect(await getDataset(mira, { projectKey: PROJECT, name: 'LOGS' })).toMatchObject({
    name: 'logs',
    partitioned: true,
    partitions: null,
    dimensions: ['node_type', 'date'],
    lock: null,
    createdBy: 'mira',
    can: { read: true, edit: true, delete: true },
  })
  expect((await failureOf(getDraft(mira, at(draft)))).kind).toBe('not_found')
  expect(await messagesOf(scene.spaceId, 'dataset-create', 'AUDIT.logs')).toMatchObject([
    { authUser: 'mira', projectKey: PROJECT, after: { name: 'logs', params: { connection: LAKE } } },
  ])
  const { jobId } = await getPartitions(mira, { projectKey: PROJECT, name: 'logs' })
  expect(jobId).not.toBe(null)
  // Asking again gives the one that is under way, and another person gets their own.
  expect(await startListDatasetPartitions(mira, { projectKey: PROJECT, name: 'logs' })).toEqual({ jobId })
  expect((await startListDatasetPartitions(admin, { projectKey: PROJECT, name: 'logs' })).jobId).not.toBe(
    jobId,
  )
})

test('a name is taken without regard to case, also when several ask at the same time', async () => {
  const definition = definitionOver('/logs/')
  const names = ['Events', 'events', 'EVENTS', 'eVents']
  const tried = await Promise.allSettled(
    names.map((name) => createDataset(mira, PROJECT, { name, definition })),
  )
  expect(tried.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const failure = await failureOf(createDataset(mira, PROJECT, { name: 'events', definition }))
  expect(failure).toMatchObject({
    kind: 'conflict',
    details: { reason: 'name-taken', where: 'Dataset name' },
  })
})

test.each([
  ['', 'name-missing', 'Dataset name'],
  ['x'.repeat(101), 'name-too-long', 'Dataset name'],
  ['../up', 'name-characters', 'Dataset name'],
])('the name %j is refused at its field', async (name, reason, where) => {
  const failure = await failureOf(createDataset(mira, PROJECT, { name, definition: definitionOver('/') }))
  expect(failure).toMatchObject({ kind: 'validation_failed', details: { reason, where } })
})

test('settings that cannot be are refused with their code and field', async () => {
  const partitioning = { ...BY_NODE_AND_DAY, filePathPattern: '/%{node_type}/%Y/%D/.*' }
  const definition = definitionOver('/logs/', { partitioning })
  expect(await failureOf(createDataset(mira, PROJECT, { name: 'wrong', definition }))).toMatchObject({
    kind: 'validation_failed',
    details: { reason: 'ERR_DATASET_INVALID_PARTITIONING_CONFIG', where: 'Pattern' },
  })
})

test('creating needs write in the project and the use of the connection', async () => {
  const input = { name: 'mine', definition: definitionOver('/logs/') }
  expect((await failureOf(createDataset(auditor, PROJECT, input))).kind).toBe('not_found')
  expect((await failureOf(createDataset(stranger, PROJECT, input))).kind).toBe('not_found')
  await join('auditors', 'read')
  expect((await failureOf(createDataset(auditor, PROJECT, input))).message).toBe(
    'You need the write permission on project AUDIT.',
  )
  await join('auditors', 'write')
  expect((await failureOf(createDataset(auditor, PROJECT, input))).message).toBe(
    'You need to be named in “Freely usable by” of lake.',
  )
  expect(await database().dataset.count({ where: { nameKey: 'mine' } })).toBe(0)
  await join('auditors', 'read')
})

/** Makes a group a member of AUDIT at a level. */
async function join(name: string, level: 'read' | 'write'): Promise<void> {
  const { version, members } = await memberships(admin)
  const id = scene.groupId(name)
  const others = members.filter((member) => member.id !== id)
  await saveProjectMembers(admin, PROJECT, {
    version,
    members: [...others, { principal: 'group', id, level, until: null }],
  })
}

test('a save over another one is a conflict, and an outdated listing says so', async () => {
  const ref = { projectKey: PROJECT, name: 'logs' }
  await listDatasetPartitions(mira, ref, () => {})
  const { version, definition, partitions } = await getDataset(mira, ref)
  expect(partitions).toBe(1)
  expect((await getPartitions(mira, ref)).stale).toBe(false)
  const changed = { ...definition, unreadableFiles: 'warn' as const }
  await saveDataset(mira, ref, { version, definition: changed })
  expect(await failureOf(saveDataset(admin, ref, { version, definition }))).toMatchObject({
    kind: 'conflict',
    details: { reason: 'changed-meanwhile' },
  })
  expect((await getPartitions(mira, ref)).stale).toBe(true)
  expect((await getDataset(mira, ref)).partitions).toBe(null)
  expect(await messagesOf(scene.spaceId, 'dataset-save', 'AUDIT.logs')).toMatchObject([
    { before: { unreadableFiles: 'fail' }, after: { unreadableFiles: 'warn' } },
  ])
  expect((await failureOf(saveDataset(auditor, ref, { version, definition }))).kind).toBe('forbidden')
  expect((await failureOf(saveDataset(stranger, ref, { version, definition }))).kind).toBe('not_found')
})

test('with the switch on, a member of the project sees the dataset locked until the connection lets them', async () => {
  const ref = { projectKey: PROJECT, name: 'logs' }
  expect((await getDataset(auditor, ref)).lock).toBe(null)
  await permit(admin, LAKE, { readRequired: true })
  const need =
    'You need to be named in “Freely usable by” of lake, as “Also required to read datasets on this connection” is on there; otto is not.'
  expect(await getDataset(auditor, ref)).toMatchObject({
    lock: { reason: 'connection-not-usable', message: need, ask: ['Ada Lind'], removed: null },
    partitions: null,
    can: { read: false, edit: false, delete: false },
  })
  const { datasets, canCreate } = await listDatasets(auditor, PROJECT)
  expect(datasets.every((dataset) => dataset.lock !== null)).toBe(true)
  expect(canCreate).toBe(false)
  const denied = await failureOf(readSample(auditor, ref, { records: 10 }))
  expect(denied).toMatchObject({ kind: 'forbidden', message: need, details: { ask: ['Ada Lind'] } })
  expect((await failureOf(getPartitions(auditor, ref))).kind).toBe('forbidden')
  expect((await messagesOf(scene.spaceId, 'dataset-read-data-sample', 'AUDIT.logs')).at(-1)).toMatchObject({
    outcome: 'denied',
    authUser: 'otto',
  })
  const ids = ['designers', 'space_administrators', 'auditors'].map(scene.groupId)
  await permit(admin, LAKE, selected(...ids))
  expect((await readSample(auditor, ref, { records: 10 })).rows).toHaveLength(2)
  await permit(admin, LAKE, { readRequired: false, ...selected(...ids.slice(0, 2)) })
})

test('a dataset of a project is nobody else’s', async () => {
  const ref = { projectKey: PROJECT, name: 'logs' }
  const runs: (() => Promise<unknown>)[] = [
    () => getDataset(stranger, ref),
    () => listDatasets(stranger, PROJECT),
    () => getPartitions(stranger, ref),
    () => startListDatasetPartitions(stranger, ref),
    () => readSample(stranger, ref, { records: 1 }),
    () => deleteDataset(stranger, ref),
  ]
  for (const run of runs) expect((await failureOf(run())).kind).toBe('not_found')
})

test('a deleted dataset is gone and its objects stay', async () => {
  const ref = await addDataset(mira, 'short_lived', definitionOver('/logs/'))
  expect((await failureOf(deleteDataset(auditor, ref))).kind).toBe('forbidden')
  await deleteDataset(mira, ref)
  expect((await failureOf(getDataset(mira, ref))).kind).toBe('not_found')
  expect(await messagesOf(scene.spaceId, 'dataset-delete', 'AUDIT.short_lived')).toMatchObject([
    { authUser: 'otto', outcome: 'denied' },
    { authUser: 'mira', outcome: 'success', before: { params: { connection: LAKE } } },
  ])
  expect((await readSample(mira, { projectKey: PROJECT, name: 'logs' }, { records: 10 })).rows).toHaveLength(
    2,
  )
})

test('drafts are their author’s, and two tabs do not overwrite each other', async () => {
  const draft = await createDraft(mira, PROJECT, settings('half_done'))
  expect(await listDrafts(mira, PROJECT)).toMatchObject({ drafts: [{ id: draft.id, name: 'half_done' }] })
  const first = await saveDraft(mira, at(draft), { version: draft.version, settings: settings('first') })
  expect(first.version).toBe(draft.version + 1)
  const conflict = await failureOf(
    saveDraft(mira, at(draft), { version: draft.version, settings: settings('second') }),
  )
  expect(conflict).toMatchObject({ kind: 'conflict', details: { reason: 'changed-in-another-tab' } })
  expect(conflict.details.facts?.theirs).toMatchObject({ settings: { name: 'first' } })
  for (const other of [admin, auditor, stranger]) {
    expect((await failureOf(getDraft(other, at(draft)))).kind).toBe('not_found')
    expect((await failureOf(discardDraft(other, at(draft)))).kind).toBe('not_found')
  }
  const elsewhere = { ...at(draft), projectKey: 'NOPE' }
  for (const work of [
    () => getDraft(mira, elsewhere),
    () => saveDraft(mira, elsewhere, { version: first.version, settings: settings('x') }),
    () => discardDraft(mira, elsewhere),
  ])
    expect((await failureOf(work())).kind).toBe('not_found')
  expect(await listDrafts(admin, PROJECT)).toEqual({ drafts: [] })
  expect((await failureOf(createDraft(auditor, PROJECT, settings('x')))).kind).toBe('forbidden')
  await database().datasetDraft.update({ where: { id: draft.id }, data: { expiresAt: new Date(0) } })
  expect((await failureOf(getDraft(mira, at(draft)))).kind).toBe('not_found')
  const last = await createDraft(mira, PROJECT, settings('last'))
  await discardDraft(mira, at(last))
  expect((await listDrafts(mira, PROJECT)).drafts).toEqual([])
})

test('a disabled person reads nothing any more', async () => {
  const { spaceId, miraId } = scene
  const again = contextOf({ kind: 'user', spaceId, userId: miraId })
  await database().user.update({ where: { id: miraId }, data: { disabledAt: new Date() } })
  const ref = { projectKey: PROJECT, name: 'logs' }
  expect((await failureOf(readSample(again, ref, { records: 1 }))).kind).toBe('unauthenticated')
  await database().user.update({ where: { id: miraId }, data: { disabledAt: null } })
})

test('a removed connection leaves the dataset saying who removed it; it can be moved to another', async () => {
  const ref = { projectKey: PROJECT, name: 'logs' }
  await removeConnection(admin, LAKE, 'no longer paid for')
  const gone = await getDataset(mira, ref)
  expect(gone).toMatchObject({
    lock: { reason: 'connection-removed', connection: LAKE, removed: { by: 'ada', extension: null } },
    can: { read: false, edit: true, delete: true },
  })
  expect((await failureOf(readSample(mira, ref, { records: 1 }))).message).toMatch(
    /^You need the connection lake, which ada removed on \d{4}-/,
  )
  expect(await failureOf(startTestAndDetect(mira, ref, false))).toMatchObject({
    kind: 'forbidden',
    message: expect.stringMatching(
      /^You need the connection lake, which ada removed .* chosen in its settings\.$/,
    ),
  })
  const { definition, version } = gone
  const save = { version, definition: { ...definition, params: { ...definition.params, path: '/other/' } } }
  expect((await failureOf(saveDataset(mira, ref, save))).kind).toBe('validation_failed')
  await deleteDataset(mira, ref)
})
