import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FieldTags } from '#lib/domain/field-tags'
import { now } from '../platform/clock'
import { database, type Tx } from '../platform/db/client'
import { type ConnectionScene, makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { eventsOf } from '../testing/identity'
import { untilOneWaits } from '../testing/until-one-waits'
import { createGroup, saveGroup } from './group-commands'
import { getGroup } from './group-queries'
import { createGlobalKey, listGlobalKeys, saveGlobalKey } from './keys'
import { saveUser } from './user-commands'
import { getUser } from './user-queries'

let drop: () => Promise<void>
let scene: ConnectionScene
const ids = { group: '', key: '' }
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
  ids.group = (await createGroup(scene.admin, { name: 'finance', description: '' })).id
  const fields = { label: 'nightly', description: '', expiresAt: null, admin: false }
  ids.key = (await createGlobalKey(scene.admin, { ...fields, groupIds: [scene.groupId('designers')] })).id
})
afterAll(() => drop())

interface Form {
  event: 'user-save' | 'group-save' | 'global-api-key-save'
  read: () => Promise<{ fieldTags: FieldTags }>
  save: (change: object) => Promise<void>
  /** What the other administrator saves, what the form holds for it, and another field of the form. */
  theirs: object
  stale: object
  other: object
}

const readKey = async () => {
  const { keys } = await listGlobalKeys(scene.admin)
  const [key] = keys.filter(({ id }) => id === ids.key)
  if (!key) throw new Error('no key')
  return key
}

const forms: Record<string, () => Form> = {
  user: () => ({
    event: 'user-save',
    read: () => getUser(scene.admin, scene.miraId),
    save: (change) => saveUser(scene.admin, scene.miraId, change),
    theirs: { groupIds: [] },
    stale: { groupIds: [scene.groupId('designers')] },
    other: { name: 'Mira M' },
  }),
  group: () => ({
    event: 'group-save',
    read: () => getGroup(scene.admin, ids.group),
    save: (change) => saveGroup(scene.admin, ids.group, change),
    theirs: { description: 'Theirs' },
    stale: { description: '' },
    other: { name: 'money' },
  }),
  key: () => ({
    event: 'global-api-key-save',
    read: readKey,
    save: (change) => saveGlobalKey(scene.admin, ids.key, change),
    theirs: { groupIds: [] },
    stale: { groupIds: [scene.groupId('designers')] },
    other: { label: 'daily' },
  }),
}

test.each(Object.entries(forms))('the form of a %s undoes nothing that was saved since', async (_, form) => {
  const { event, read, save, theirs, stale, other } = form()
  const { fieldTags } = await read()
  await save({ ...theirs, fieldTags })
  const stands = await read()
  const told = (await eventsOf(event)).length

  expect(await failureOf(save({ ...stale, ...other, fieldTags }))).toMatchObject({
    kind: 'conflict',
    details: { reason: 'changed-meanwhile', where: Object.keys(theirs).join(', ') },
  })
  expect(await read()).toEqual(stands)
  expect(await eventsOf(event)).toHaveLength(told)

  await save({ ...other, fieldTags })
  expect(await read()).toMatchObject(other)
  await save({ ...stale, fieldTags: (await read()).fieldTags })
  await save(theirs)
  expect((await read()).fieldTags).not.toEqual(fieldTags)
})

test('who is taken out of a group while they are saved stays out', async () => {
  const { admin, miraId } = scene
  const groupIds = [ids.group]
  await saveUser(admin, miraId, { groupIds })
  const removal = async (tx: Tx) => {
    // As a removal that is under way: the save waits for it, with the groups that it saw before.
    await tx.$queryRaw`SELECT 1 FROM "group" WHERE "id" = ${ids.group} FOR UPDATE`
    const saving = saveUser(admin, miraId, { name: 'Mira', groupIds })
    await untilOneWaits()
    await tx.membership.updateMany({
      where: { userId: miraId, groupId: ids.group, until: null },
      data: { until: now() },
    })
    return { saving }
  }
  const saved = await database().$transaction(removal, { timeout: 40_000 })
  await saved.saving
  expect((await getUser(admin, miraId)).groups).toEqual([])
})
