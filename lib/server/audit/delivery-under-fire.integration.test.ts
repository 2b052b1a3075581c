import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CRASH_POINTS, type CrashPoint } from '../platform/crash-point'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { startBreakableProxy } from '../testing/fire/breakable-proxy'
import { bundlePrograms, type Program, type Running, startProgram } from '../testing/fire/programs'
import { makeActive, makeNode, makeScene, readObjects } from '../testing/fire/scene'
import { type Acknowledged, type SenderOptions, sendAll } from '../testing/fire/sender'

const RANDOM_KILLS = 20
const BATCHES = 65
const EVENTS_PER_BATCH = 40
const SENDERS = [
  { type: 'design', stream: 'instance' },
  { type: 'automation', stream: 'instance' },
  { type: 'govern', stream: 'instance' },
  { type: 'api', stream: 'apinode' },
] as const

let drop: () => Promise<void>
let programs: Awaited<ReturnType<typeof bundlePrograms>>
let proxy: Awaited<ReturnType<typeof startBreakableProxy>>
const running = new Set<Running>()
beforeAll(async () => {
  drop = await freshDatabase()
  programs = await bundlePrograms()
  proxy = await startBreakableProxy(new URL(process.env.LAUNCHPAD_S3_ENDPOINT ?? ''))
})
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL')
  await Promise.all([...running].map(({ ended }) => ended))
  proxy.close()
  programs.remove()
  await drop()
})

async function start(program: Program, crashAt?: CrashPoint): Promise<Running> {
  const env = {
    DATABASE_URL: process.env.DATABASE_URL ?? '',
    LAUNCHPAD_S3_ENDPOINT: proxy.endpoint,
    LAUNCHPAD_ALLOWED_ENDPOINTS: new URL(proxy.endpoint).host,
  }
  const started = await startProgram(programs.folder, program, env, crashAt)
  running.add(started)
  started.ended.then(() => running.delete(started))
  return started
}

/** Kills one of them as the machine would, and starts it anew. */
async function killAndRestart(of: Map<string, Running>, name: string, program: Program): Promise<void> {
  of.get(name)?.child.kill('SIGKILL')
  await of.get(name)?.ended
  of.set(name, await start(program))
}

/** Lets a process die at a named point, under load. */
async function dieAt(point: CrashPoint, of: Map<string, Running>): Promise<void> {
  const isIntake = point === 'received' || point === 'stored'
  const dying = await start(isIntake ? 'intake' : 'delivery', point)
  const before = of.get('intake')
  if (isIntake) of.set('intake', dying)
  await dying.ended
  expect(dying.child.signalCode, `the process that dies when ${point}`).toBe('SIGKILL')
  if (isIntake && before) of.set('intake', before)
}

/** A worker that stops without dying, past its lease, while others go on; then it wakes and goes on as well. */
async function pausePastLease({ child }: Running): Promise<void> {
  child.kill('SIGSTOP')
  await sleep(1_500)
  child.kill('SIGCONT')
}

async function outage(): Promise<void> {
  proxy.break()
  await sleep(3_000)
  proxy.mend()
}

async function untilDelivered(spaceId: string): Promise<void> {
  await expect
    .poll(
      async () =>
        (await database().auditEvent.count({ where: { spaceId, batchId: null } })) +
        (await database().deliveryBatch.count({ where: { spaceId, deliveredAt: null } })),
      { timeout: 60_000, interval: 500 },
    )
    .toBe(0)
}

test('nothing acknowledged is lost or doubled by kills, outages and pauses, and each node keeps its order', async () => {
  const { spaceId } = await makeScene()
  await makeActive(spaceId, 'dku-audit-log')
  await makeActive(spaceId, 'api-node')
  const of = new Map([
    ['worker 1', await start('delivery')],
    ['worker 2', await start('delivery')],
    ['intake', await start('intake')],
  ])
  const acknowledged: Acknowledged = { ids: new Map(), refusals: 0 }
  const port = () => of.get('intake')?.port ?? 0
  const senders = SENDERS.map(async ({ type, stream }) => {
    const { token } = await makeNode(spaceId, type)
    const options: SenderOptions = {
      name: type,
      token,
      stream,
      port,
      batches: BATCHES,
      events: EVENTS_PER_BATCH,
      pauseMs: 250,
    }
    await sendAll(options, acknowledged)
  })
  const sending = Promise.all(senders)
  // Looked at when it is awaited; until then a failure is not "unhandled".
  sending.catch(() => undefined)

  for (const point of CRASH_POINTS) await dieAt(point, of)
  for (let kills = 0; kills < RANDOM_KILLS; kills++) {
    const name = ['worker 1', 'worker 2', 'intake'][Math.floor(Math.random() * 3)] ?? 'intake'
    await killAndRestart(of, name, name === 'intake' ? 'intake' : 'delivery')
    if (kills === 7) await outage()
    const worker = of.get('worker 1')
    if (kills === 14 && worker) await pausePastLease(worker)
    await sleep(Math.random() * 300)
  }
  await sending
  await untilDelivered(spaceId)

  const objects = (await readObjects(spaceId)).sort((a, b) => (a.key < b.key ? -1 : 1))
  const messages = objects.flatMap(({ lines }) => lines.map((line) => JSON.parse(line).message))
  for (const [sender, ids] of acknowledged.ids) {
    expect(ids).toHaveLength(BATCHES * EVENTS_PER_BATCH)
    const found = messages.filter((message) => message.sender === sender).map((message) => message.eventId)
    expect(found, `what ${sender} was told is durable, in S3 once and in order`).toEqual(ids)
  }
  expect(messages.length).toBeGreaterThanOrEqual(10_000)
  expect(await database().deliveryBatch.count({ where: { spaceId } })).toBe(objects.length)
}, 240_000)
