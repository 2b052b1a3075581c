import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { createGroup } from './group-commands'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())

test('of those who take one name at the same time one gets it, and the others hear why not', async () => {
  const { admin } = await makeConnectionScene()
  const names = ['Analysts', 'analysts', 'ANALYSTS', 'Analysts', 'analysts', 'Analysts']
  const asked = await Promise.allSettled(names.map((name) => createGroup(admin, { name, description: '' })))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of asked)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'conflict' })
})
