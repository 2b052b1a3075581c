import { afterAll, beforeAll, expect, test } from 'vitest'
import { getExtension } from '../extensions/queries'
import { listNodes } from '../nodes/queries'
import { getOverview } from '../overview/queries'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { makeScene, readObjects } from '../testing/fire/scene'
import { seedDemoEvents } from './seed-demo-events'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())

test('the demo stands in the store, counts in no figure, and is made once', async () => {
  const { spaceId, admin } = await makeScene()
  const now = new Date('2026-11-22T02:05:00Z')
  const made = await seedDemoEvents(spaceId, now)
  expect(made?.events).toBeGreaterThan(150_000)
  const [object] = await readObjects(`${spaceId}/audit-logs/automation/2026/11/20/02/`)
  expect(object?.lines.every((line) => JSON.parse(line).message.demo === true)).toBe(true)
  expect(await readObjects(`${spaceId}/apinode-audit-logs/2026/11/20/02/`)).toHaveLength(1)
  expect((await listNodes(admin)).nodes).toHaveLength(5)
  expect(await getExtension(admin, 'dku-audit-log')).toMatchObject({
    state: 'active',
    connection: { exists: true },
  })
  const overview = await getOverview(admin)
  expect(overview.rows.every(({ eventsToday }) => eventsToday === null)).toBe(true)
  expect(overview.connections.map(({ health }) => health.state)).toEqual(['healthy', 'healthy'])
  const events = await database().auditEvent.count({ where: { spaceId } })
  expect(await seedDemoEvents(spaceId, now)).toBeNull()
  expect(await database().auditEvent.count({ where: { spaceId } })).toBe(events)
})
