import { afterAll, beforeAll, expect, test } from 'vitest'
import { settings } from '#lib/domain/spaces/wire'
import { insertSpace } from '../identity/create-space'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { contextOf, eventsOf, foundSpace } from '../testing/identity'
import { getSettings, saveSpace } from './settings'

let drop: () => Promise<void>
let space: Awaited<ReturnType<typeof foundSpace>>
beforeAll(async () => {
  drop = await freshDatabase()
  space = await foundSpace()
})
afterAll(() => drop())

test('administrators see what the operator set, without a secret', async () => {
  const found = settings.parse(await getSettings(space.admin))
  expect(found).toMatchObject({
    space: { name: 'Aurora' },
    operator: { entitlement: 'customer' },
    canSave: true,
  })
  const text = JSON.stringify(found)
  const secrets = ['LAUNCHPAD_MASTER_KEY', 'LAUNCHPAD_AUTH_SECRET', 'LAUNCHPAD_S3_SECRET_ACCESS_KEY']
  for (const name of secrets) expect(text).not.toContain(process.env[name])
  expect(text).not.toContain(new URL(process.env.DATABASE_URL ?? '').password)
})

test('renaming the space is told; others may neither rename nor read', async () => {
  await saveSpace(space.admin, { name: 'Boreal' })
  await saveSpace(space.admin, { name: 'Boreal' })
  expect(await eventsOf('space-save')).toMatchObject([
    { authUser: 'ada', before: { name: 'Aurora' }, after: { name: 'Boreal' } },
  ])
  const other = await database().$transaction((tx) =>
    insertSpace(tx, {
      space: 'Other',
      login: 'eve',
      name: 'Eve',
      email: 'eve@example.org',
      passwordHash: 'x',
    }),
  )
  await database().membership.updateMany({ where: { userId: other.userId }, data: { until: new Date() } })
  const eve = contextOf({ kind: 'user', spaceId: other.spaceId, userId: other.userId })
  for (const act of [() => getSettings(eve), () => saveSpace(eve, { name: 'Mine' })]) {
    await expect(act()).rejects.toMatchObject({ kind: 'forbidden' })
  }
  const names = await database().space.findMany({ orderBy: { name: 'asc' } })
  expect(names.map(({ name }) => name)).toEqual(['Boreal', 'Other'])
})
