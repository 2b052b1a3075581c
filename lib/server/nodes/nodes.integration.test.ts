import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { enterWindow } from '../testing/enter-window'
import { failureOf } from '../testing/failure-of'
import { makeScene, NODE_CONTEXT, nodeRequest, type Scene } from '../testing/fire/scene'
import { registerNode, revokeNode, rotateNodeToken } from './commands'
import { listNodes } from './queries'
import { receiveEvents } from './receive-events'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())

let scene: Scene
let other: Scene
beforeEach(async () => {
  scene = await makeScene()
  other = await makeScene()
})
afterEach(async () => {
  moveClock(0)
  await database().rateWindow.deleteMany()
})

const send = (token: string, id: string) =>
  receiveEvents(nodeRequest(token, `{"message":{"eventId":"${id}","msgType":"x"}}`), NODE_CONTEXT)
const told = async (spaceId: string) =>
  (
    await database().auditEvent.findMany({ where: { spaceId, nodeId: 'launchpad' }, orderBy: { seq: 'asc' } })
  ).map(({ msgType, outcome }) => `${msgType} ${outcome}`)

test('a registered node sends with a token that is told once and kept as a hash', async () => {
  const { node, token, curlExample } = await registerNode(scene.admin, { name: 'prod-1', type: 'api' })
  expect(node).toMatchObject({
    name: 'prod-1',
    type: 'api',
    state: 'active',
    lastEventAt: null,
    canRotate: true,
  })
  expect(token).toMatch(/^lp_node_[\w-]{43}$/)
  expect(curlExample).toContain(`Bearer ${token}`)
  expect(curlExample).toContain('http://127.0.0.1:3000/api/event-server/events')
  expect(curlExample).toContain('"topic":"apinode-query"')
  await send(token, 'e1')
  const list = await listNodes(scene.admin)
  expect(list.nodes[0]).toMatchObject({ id: node.id, lastAddress: '10.1.2.3', conflicts: 0 })
  expect(list.nodes[0]?.lastEventAt).not.toBeNull()
  const everything = JSON.stringify(
    [
      await database().nodeToken.findMany(),
      await database().auditEvent.findMany({ where: { nodeId: 'launchpad' } }),
      list,
    ],
    (_, value) => (typeof value === 'bigint' ? String(value) : value),
  )
  expect(everything).not.toContain(token)
  expect(await told(scene.spaceId)).toEqual(['node-create success', 'nodes-list success'])
})

test('rotating ends the old token at once; revoking ends the node', async () => {
  const { node, token } = await registerNode(scene.admin, { name: 'prod-1', type: 'design' })
  const rotated = await rotateNodeToken(scene.admin, node.id)
  await expect(send(token, 'e1')).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect(await send(rotated.token, 'e1')).toMatchObject({ accepted: 1 })
  expect(await revokeNode(scene.admin, node.id)).toMatchObject({
    state: 'revoked',
    token: null,
    canRotate: false,
  })
  expect(await revokeNode(scene.admin, node.id)).toMatchObject({ state: 'revoked' })
  await expect(send(rotated.token, 'e2')).rejects.toMatchObject({ kind: 'unauthenticated' })
  await expect(rotateNodeToken(scene.admin, node.id)).rejects.toMatchObject({
    details: { reason: 'node-revoked' },
  })
  expect((await told(scene.spaceId)).filter((line) => line.endsWith('success'))).toEqual([
    'node-create success',
    'node-token-rotate success',
    'node-revoke success',
  ])
})

test('two administrators who rotate at once leave one token that works', async () => {
  const { node } = await registerNode(scene.admin, { name: 'prod-1', type: 'design' })
  await Promise.all([rotateNodeToken(scene.admin, node.id), rotateNodeToken(scene.admin, node.id)])
  expect(await database().nodeToken.count({ where: { nodeId: node.id, until: null } })).toBe(1)
})

test('a name is taken once in a space', async () => {
  await registerNode(scene.admin, { name: 'prod-1', type: 'api' })
  await expect(registerNode(scene.admin, { name: 'prod-1', type: 'design' })).rejects.toMatchObject({
    kind: 'conflict',
    details: { reason: 'name-taken' },
  })
  await registerNode(other.admin, { name: 'prod-1', type: 'api' })
})

test('designers are refused, other spaces see nothing, and both are told', async () => {
  const { node } = await registerNode(scene.admin, { name: 'prod-1', type: 'api' })
  await expect(listNodes(scene.designer)).rejects.toMatchObject({
    kind: 'forbidden',
    details: { ask: ['admin'] },
  })
  await expect(registerNode(scene.designer, { name: 'x', type: 'api' })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(rotateNodeToken(scene.designer, node.id)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(revokeNode(scene.designer, node.id)).rejects.toMatchObject({ kind: 'forbidden' })
  expect((await told(scene.spaceId)).filter((line) => line.endsWith('denied'))).toEqual([
    'nodes-list denied',
    'node-create denied',
    'node-token-rotate denied',
    'node-revoke denied',
  ])
  await expect(rotateNodeToken(other.admin, node.id)).rejects.toMatchObject({ kind: 'not_found' })
  await expect(revokeNode(other.admin, node.id)).rejects.toMatchObject({ kind: 'not_found' })
  expect((await listNodes(other.admin)).nodes).toEqual([])
})

test('when the events cannot be stored, the node is told to come again', async () => {
  const { token } = await registerNode(scene.admin, { name: 'prod-1', type: 'api' })
  await database().$executeRaw`ALTER TABLE audit_event RENAME TO audit_event_gone`
  await expect(send(token, 'e1')).rejects.toMatchObject({
    kind: 'unavailable',
    details: { retryAfterSeconds: 5 },
  })
  await database().$executeRaw`ALTER TABLE audit_event_gone RENAME TO audit_event`
  expect(await send(token, 'e1')).toMatchObject({ accepted: 1 })
})

test('wrong tokens from one address are answered 429 after a while; a right one never is', async () => {
  enterWindow()
  const { token } = await registerNode(scene.admin, { name: 'prod-1', type: 'api' })
  const wrong = () => failureOf(send(`lp_node_${'x'.repeat(43)}`, 'e1'))
  const kinds: string[] = []
  for (let sent = 0; sent < 60; sent += 20)
    kinds.push(...(await Promise.all(Array.from({ length: 20 }, wrong))).map(({ kind }) => kind))
  expect(kinds).toContain('unauthenticated')
  expect(await wrong()).toMatchObject({
    kind: 'limit_exceeded',
    details: { retryAfterSeconds: expect.any(Number) },
  })
  expect(await send(token, 'e1')).toMatchObject({ accepted: 1 })
})

test('a flood of ended tokens is told by how often it was, in few transactions, and answered 429 after a while', async () => {
  enterWindow()
  const nodes = await Promise.all(
    ['prod-1', 'prod-2'].map((name) => registerNode(scene.admin, { name, type: 'api' })),
  )
  for (const { node } of nodes) await revokeNode(scene.admin, node.id)
  const begin = vi.spyOn(database(), '$transaction')
  const flood = Array.from({ length: 60 }, (_, n) => failureOf(send(nodes[n % 2]?.token ?? '', 'e1')))
  const kinds = Map.groupBy(await Promise.all(flood), ({ kind }) => kind)
  expect(kinds.get('unauthenticated')).toHaveLength(50)
  expect(kinds.get('limit_exceeded')).toHaveLength(10)
  expect(begin.mock.calls.length).toBeGreaterThan(0)
  expect(begin.mock.calls.length).toBeLessThan(10)
  begin.mockRestore()
  const events = await database().auditEvent.findMany({
    where: { spaceId: scene.spaceId, msgType: 'node-authentication-failure' },
  })
  expect(events.map(({ line, repeats }) => [JSON.parse(line).message.objectId, repeats]).sort()).toEqual(
    nodes.map(({ node }) => [node.id, 30]).sort(),
  )
})
