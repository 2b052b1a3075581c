import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { closeDatabase, database } from '#lib/server/platform/db/client'
import { bundlePrograms } from '#lib/server/testing/fire/programs'
import { makeNode } from '#lib/server/testing/fire/scene'
import { migrate } from '../bin/migrate.mjs'
import { removePostgres, startPostgres } from '../lib/embedded/postgres/server.mjs'
import type { Row } from './matching'

const BATCH = 100
const AT_ONCE = 8
const WARM_UP_MS = 1_500
const ROUND_MS = 3_000
const ROUNDS = 5
const MINIMUM_RATIO = 0.7
const MAXIMUM_P99_MS = 150

interface Measured {
  eventsPerSecond: number
  p99Ms: number
}

/** Events acknowledged durable in batches of 100, beside a bare route with one INSERT on the same PostgreSQL. */
export async function run(): Promise<Row[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-bench-'))
  const programs = await bundlePrograms()
  const postgres = await startPostgres({ home })
  const children: ChildProcess[] = []
  try {
    await migrate(postgres.url)
    const env = environment(postgres.url, home)
    Object.assign(process.env, env)
    const token = await makeSender()
    const start = async (program: 'bare' | 'intake') => {
      const child = fork(path.join(programs.folder, `${program}.mjs`), {
        env: { ...process.env, ...env },
        execArgv: [],
      })
      children.push(child)
      const [{ port }] = (await once(child, 'message')) as [{ port: number }]
      return port
    }
    const bare = await start('bare')
    const intake = await start('intake')
    return toRows(await measureInTurns(bare, intake, token))
  } finally {
    for (const child of children) child.disconnect()
    await closeDatabase()
    await postgres.stop()
    await removePostgres({ home })
    programs.remove()
    rmSync(home, { recursive: true, force: true })
  }
}

function environment(databaseUrl: string, home: string): Record<string, string> {
  const secret = () => randomBytes(32).toString('base64')
  return {
    DATABASE_URL: databaseUrl,
    LAUNCHPAD_HOME: home,
    LAUNCHPAD_URL: 'http://127.0.0.1:3000',
    LAUNCHPAD_MASTER_KEY: secret(),
    LAUNCHPAD_AUTH_SECRET: secret(),
    LAUNCHPAD_LOG_LEVEL: 'silent',
    LAUNCHPAD_S3_ACCESS_KEY_ID: 'none',
    LAUNCHPAD_S3_SECRET_ACCESS_KEY: 'none',
    LAUNCHPAD_S3_READER_ACCESS_KEY_ID: 'none',
    LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY: 'none',
  }
}

async function makeSender(): Promise<string> {
  const spaceId = randomUUIDv7()
  await database().space.create({ data: { id: spaceId, name: 'Bench' } })
  return (await makeNode(spaceId, 'design')).token
}

/** In turns, so that what the machine does besides falls on both. */
async function measureInTurns(bare: number, intake: number, token: string) {
  await measure(bare, token, WARM_UP_MS)
  await measure(intake, token, WARM_UP_MS)
  const rounds: { bare: Measured; intake: Measured }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({
      bare: await measure(bare, token, ROUND_MS),
      intake: await measure(intake, token, ROUND_MS),
    })
  }
  return rounds
}

async function measure(port: number, token: string, durationMs: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const untilMs = performance.now() + durationMs
  const startedMs = performance.now()
  const tookMs: number[] = []
  const sendUntilEnd = async () => {
    while (performance.now() < untilMs) {
      const body = makeBody()
      const sentMs = performance.now()
      await post(agent, port, token, body)
      tookMs.push(performance.now() - sentMs)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendUntilEnd))
  agent.destroy()
  tookMs.sort((a, b) => a - b)
  const seconds = (performance.now() - startedMs) / 1_000
  return {
    eventsPerSecond: (tookMs.length * BATCH) / seconds,
    p99Ms: tookMs[Math.floor(tookMs.length * 0.99)] ?? Number.NaN,
  }
}

/** Events as nodes send them, about 400 bytes each. */
function makeBody(): string {
  const line = () =>
    JSON.stringify({
      severity: 'INFO',
      logger: 'dku.audit.generic',
      topic: 'generic',
      message: {
        msgType: 'dataset-read-data',
        eventId: randomUUIDv7(),
        authUser: 'designer.01',
        authSource: 'USER_FROM_UI',
        outcome: 'success',
        projectKey: 'CHURN',
        objectType: 'dataset',
        objectId: 'events_prepared',
        originAddress: '10.20.1.17',
      },
      mdc: { apiCall: '/api/datasets/read', user: 'designer.01' },
      callTime: 12,
      timestamp: '2026-11-22T14:05:02.441+0000',
    })
  return Array.from({ length: BATCH }, line).join('\n')
}

function post(agent: Agent, port: number, token: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/event-server/events',
        headers: { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`the answer was ${answer.statusCode}`)),
        )
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

function toRows(rounds: { bare: Measured; intake: Measured }[]): Row[] {
  const of = (read: (round: { bare: Measured; intake: Measured }) => number) => median(rounds.map(read))
  const intake = of((round) => round.intake.eventsPerSecond)
  const bare = of((round) => round.bare.eventsPerSecond)
  const ratio = of((round) => round.intake.eventsPerSecond / round.bare.eventsPerSecond)
  const p99Ms = of((round) => round.intake.p99Ms)
  const bareP99Ms = of((round) => round.bare.p99Ms)
  const perSecond = (events: number) => `${Math.round(events).toLocaleString('en-US')} events/s`
  return [
    {
      what: `events acknowledged durable, batches of ${BATCH}`,
      figure: perSecond(intake),
      reference: `${perSecond(bare)} by a bare route and one INSERT`,
      ratio,
      target: `≥ ${MINIMUM_RATIO}`,
      ok: ratio >= MINIMUM_RATIO,
    },
    {
      what: 'their acknowledgement, p99',
      figure: `${Math.round(p99Ms)} ms`,
      reference: `${Math.round(bareP99Ms)} ms`,
      ratio: p99Ms / bareP99Ms,
      target: `≤ ${MAXIMUM_P99_MS} ms`,
      ok: p99Ms <= MAXIMUM_P99_MS,
    },
  ]
}

const median = (numbers: number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
