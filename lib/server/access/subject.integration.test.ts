import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveClock, now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import type { Caller } from './caller'
import { loadSubject } from './subject'

let drop: () => Promise<void>
let scene: ConnectionScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
})
afterAll(() => drop())

const subjectOf = (caller: Caller) => loadSubject(database(), caller)

async function makeKey(
  fields: { ownerId?: string; admin?: boolean; until?: Date },
  groups: string[] = [],
): Promise<Caller> {
  const { spaceId } = scene
  const id = newId()
  const kind = fields.ownerId ? 'personal' : 'global'
  await database().apiKey.create({
    data: {
      id,
      spaceId,
      kind,
      label: 'nightly',
      hash: id,
      prefix: 'lp_key_',
      createdBy: 'ada',
      from: now(),
      ...fields,
    },
  })
  for (const name of groups) {
    const groupId = scene.groupId(name)
    await database().membership.create({
      data: { id: newId(), spaceId, groupId, keyId: id, from: now(), actor: 'ada' },
    })
  }
  return { kind: 'key', spaceId, keyId: id }
}

test('a user has the groups of this moment', async () => {
  const subject = await subjectOf(scene.mira.caller)
  expect(subject).toMatchObject({ kind: 'user', name: 'mira', isAdministrator: false, isAuditor: false })
  expect([...subject.groupNames]).toEqual(['designers'])
  expect([...(await subjectOf(scene.auditor.caller)).groupNames]).toEqual(['auditors'])
  expect(await subjectOf(scene.admin.caller)).toMatchObject({ isAdministrator: true })
})

test('a membership counts from its beginning and not at its end', async () => {
  const { spaceId, miraId } = scene
  const from = new Date(now().getTime() + 60_000)
  const until = new Date(from.getTime() + 60_000)
  await database().membership.create({
    data: {
      id: newId(),
      spaceId,
      groupId: scene.groupId('auditors'),
      userId: miraId,
      from,
      until,
      actor: 'ada',
    },
  })
  const isAuditorAt = async (at: Date) => {
    moveClock(at.getTime() - Date.now())
    return (await subjectOf(scene.mira.caller)).isAuditor
  }
  try {
    expect(await isAuditorAt(new Date(from.getTime() - 1_000))).toBe(false)
    expect(await isAuditorAt(new Date(from.getTime() + 1_000))).toBe(true)
    expect(await isAuditorAt(new Date(until.getTime() + 1_000))).toBe(false)
  } finally {
    moveClock(0)
  }
})

test('a personal key has its owner’s live rights', async () => {
  const key = await makeKey({ ownerId: scene.miraId, admin: true }, ['auditors'])
  const subject = await subjectOf(key)
  expect(subject).toMatchObject({ kind: 'key', userId: scene.miraId, name: 'mira', isAdministrator: false })
  expect([...subject.groupNames]).toEqual(['designers'])
})

test('a global key has the rights of its groups, and all when it is made so', async () => {
  expect(await subjectOf(await makeKey({}, ['auditors']))).toMatchObject({
    userId: null,
    name: 'key:nightly',
    isAuditor: true,
    isAdministrator: false,
  })
  expect(await subjectOf(await makeKey({ admin: true }))).toMatchObject({ isAdministrator: true })
})

test('who has ended is nobody any more', async () => {
  const { spaceId, miraId } = scene
  const personal = await makeKey({ ownerId: miraId })
  const ended = await makeKey({ until: now() })
  const elsewhere: Caller = { ...scene.mira.caller, spaceId: scene.stranger.caller.spaceId }
  await database().user.update({ where: { id: miraId }, data: { disabledAt: now() } })
  try {
    const callers: Caller[] = [
      scene.mira.caller,
      personal,
      ended,
      elsewhere,
      { ...personal, spaceId: scene.stranger.caller.spaceId },
      { kind: 'user', spaceId, userId: newId() },
      { kind: 'key', spaceId, keyId: newId() },
    ]
    for (const caller of callers) expect((await failureOf(subjectOf(caller))).kind).toBe('unauthenticated')
  } finally {
    await database().user.update({ where: { id: miraId }, data: { disabledAt: null } })
  }
})
