import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { moveClock, now } from '../platform/clock'
import { database } from '../platform/db/client'
import { makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { eventsOf } from '../testing/identity'
import { createProject, deleteProject } from './commands'
import { saveProjectMembers } from './members'
import { searchProjectPrincipals } from './principals'
import { getProject, listProjects } from './queries'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
let admin: Context
let mira: Context
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
  ;({ admin, mira } = scene)
})
afterAll(() => {
  moveClock(0)
  return drop()
})

const group = (name: string, level: 'read' | 'write' | 'admin', until: string | null = null) =>
  ({ principal: 'group', id: scene.groupId(name), level, until }) as const
const person = (id: string, level: 'read' | 'write' | 'admin') =>
  ({ principal: 'user', id, level, until: null }) as const

const project = (key: string) => ({ key, name: `Project ${key}`, description: '' })

test('a designer makes a project and is its first admin', async () => {
  expect(await createProject(mira, project('AUDIT'))).toEqual({ key: 'AUDIT' })
  expect(await getProject(mira, 'AUDIT')).toMatchObject({
    level: 'admin',
    members: [{ principal: 'user', name: 'mira', level: 'admin', people: 1, until: null }],
    can: { write: true, admin: true },
  })
  expect((await eventsOf('project-create')).at(-1)).toMatchObject({
    objectId: 'AUDIT',
    projectKey: 'AUDIT',
    authUser: 'mira',
    outcome: 'success',
  })
})

test('an auditor cannot make one, and the denial is recorded', async () => {
  const failure = await failureOf(createProject(scene.auditor, project('OTTO')))
  expect(failure).toMatchObject({ kind: 'forbidden', message: 'You need to be in the group designers.' })
  expect((await eventsOf('project-create')).at(-1)).toMatchObject({ outcome: 'denied', authUser: 'otto' })
})

test('a key is taken once in a space, also when two ask at the same time', async () => {
  const both = await Promise.allSettled([
    createProject(mira, project('TWICE')),
    createProject(admin, project('TWICE')),
  ])
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await failureOf(createProject(admin, project('TWICE')))).details.reason).toBe('key-taken')
  expect(await createProject(scene.stranger, project('TWICE'))).toEqual({ key: 'TWICE' })
})

test('only members and administrators see it; for others it is not there', async () => {
  expect((await listProjects(scene.auditor)).projects).toEqual([])
  expect((await failureOf(getProject(scene.auditor, 'AUDIT'))).kind).toBe('not_found')
  expect((await failureOf(getProject(scene.stranger, 'AUDIT'))).kind).toBe('not_found')
  expect((await listProjects(admin)).projects.map((one) => one.key)).toEqual(['AUDIT', 'TWICE'])
  expect((await getProject(admin, 'AUDIT')).level).toBe('admin')
})

test('members are set over the version that was read, as intervals', async () => {
  const { version } = await getProject(mira, 'AUDIT')
  const members = [person(scene.miraId, 'admin'), group('auditors', 'read')]
  await saveProjectMembers(mira, 'AUDIT', { version, members, reason: 'Yearly audit' })
  expect((await getProject(scene.auditor, 'AUDIT')).can).toEqual({
    write: false,
    admin: false,
    handOver: false,
  })
  const conflict = await failureOf(saveProjectMembers(admin, 'AUDIT', { version, members: [] }))
  expect(conflict).toMatchObject({ kind: 'conflict', details: { reason: 'changed-meanwhile' } })
  const [event] = (await eventsOf('project-permissions-save')).slice(-1)
  expect(event).toMatchObject({
    objectId: 'AUDIT',
    reason: 'Yearly audit',
    before: [{ principal: 'user', level: 'admin' }],
    after: [{ principal: 'user' }, { principal: 'group', level: 'read' }],
  })

  const next = (await getProject(mira, 'AUDIT')).version
  await saveProjectMembers(mira, 'AUDIT', { version: next, members: [person(scene.miraId, 'admin')] })
  expect((await failureOf(getProject(scene.auditor, 'AUDIT'))).kind).toBe('not_found')
  const rows = await database().projectMember.findMany({ where: { groupId: scene.groupId('auditors') } })
  expect(rows).toMatchObject([{ actor: 'mira', reason: 'Yearly audit', endedBy: 'mira' }])
  expect(rows[0]?.until).not.toBe(null)
})

test('saving what stands already changes nothing and tells nothing', async () => {
  const { version, members } = await getProject(mira, 'AUDIT')
  const before = (await eventsOf('project-permissions-save')).length
  await saveProjectMembers(mira, 'AUDIT', { version, members })
  expect((await getProject(mira, 'AUDIT')).version).toBe(version)
  expect(await eventsOf('project-permissions-save')).toHaveLength(before)
})

test('a list that cannot be is refused as a whole', async () => {
  const { version } = await getProject(mira, 'AUDIT')
  const reasonOf = async (members: Parameters<typeof saveProjectMembers>[2]['members']) =>
    (await failureOf(saveProjectMembers(mira, 'AUDIT', { version, members }))).details.reason
  const yesterday = new Date(now().getTime() - 86_400_000).toISOString()
  expect(await reasonOf([group('auditors', 'read'), group('auditors', 'write')])).toBe('member-twice')
  expect(await reasonOf([group('auditors', 'read', yesterday)])).toBe('ends-in-the-past')
  expect(await reasonOf([person('nobody', 'read')])).toBe('unknown-principal')
  expect((await getProject(mira, 'AUDIT')).members).toHaveLength(1)
})

test('a membership with an end ends by itself', async () => {
  const { version, members } = await getProject(mira, 'AUDIT')
  const until = new Date(now().getTime() + 60_000)
  await saveProjectMembers(mira, 'AUDIT', {
    version,
    members: [...members, group('auditors', 'write', until.toISOString())],
  })
  expect((await getProject(scene.auditor, 'AUDIT')).can).toMatchObject({ write: true, admin: false })
  moveClock(60_001)
  expect((await failureOf(getProject(scene.auditor, 'AUDIT'))).kind).toBe('not_found')
})

test('who reads cannot administer: the list, its candidates and the project stay theirs who may', async () => {
  const { version, members } = await getProject(mira, 'AUDIT')
  await saveProjectMembers(mira, 'AUDIT', { version, members: [...members, group('auditors', 'read')] })
  const now = await getProject(scene.auditor, 'AUDIT')
  const failure = await failureOf(saveProjectMembers(scene.auditor, 'AUDIT', { ...now, members: [] }))
  expect(failure).toMatchObject({
    kind: 'forbidden',
    message: 'You need the admin permission on project AUDIT.',
    details: { ask: ['Ada Lind'] },
  })
  expect((await failureOf(searchProjectPrincipals(scene.auditor, 'AUDIT', ''))).kind).toBe('forbidden')
  expect((await failureOf(deleteProject(scene.auditor, 'AUDIT'))).kind).toBe('forbidden')
  expect((await failureOf(searchProjectPrincipals(scene.stranger, 'AUDIT', ''))).kind).toBe('not_found')
})

test('an admin of a project finds groups and people of the space, and of no other', async () => {
  const found = await searchProjectPrincipals(mira, 'AUDIT', 'A')
  expect(found.items).toContainEqual(expect.objectContaining({ name: 'auditors', people: 1 }))
  expect(found.items).toContainEqual(expect.objectContaining({ principal: 'user', name: 'mira' }))
  expect((await searchProjectPrincipals(mira, 'AUDIT', 'boris')).items).toEqual([])
  expect((await searchProjectPrincipals(mira, 'AUDIT', '%')).items).toEqual([])
  expect((await eventsOf('directory-list')).at(-1)).toMatchObject({ objectId: 'AUDIT', authUser: 'mira' })
})

test('a removed project is gone for everyone, its key is free, and who was a member stays on record', async () => {
  await deleteProject(mira, 'AUDIT')
  expect((await failureOf(getProject(admin, 'AUDIT'))).kind).toBe('not_found')
  const rows = await database().projectMember.findMany({ where: { userId: scene.miraId } })
  expect(rows.some((row) => row.endedReason === 'The project was removed.')).toBe(true)
  expect((await eventsOf('project-delete')).at(-1)).toMatchObject({ objectId: 'AUDIT', authUser: 'mira' })
  expect(await createProject(admin, project('AUDIT'))).toEqual({ key: 'AUDIT' })
})
