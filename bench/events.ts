import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import pg from 'pg'
import { startBenchDatabase } from '../bin/bench-database.mjs'
import { BATCH, type Measured, measure } from './events/load'
import { median, ms } from './measure'
import type { Row } from './row'

const WARM_UP_MS = 1_500
const ROUND_MS = 3_000
const ROUNDS = 5
const MINIMUM_RATIO = 0.7
const MAXIMUM_P99_MS = 150

interface Round {
  bare: Measured
  intake: Measured
}

/** Events acknowledged durable in batches of 100, beside a bare route with one INSERT on the same PostgreSQL. */
export async function run(): Promise<Row[]> {
  const database = await startBenchDatabase()
  const children: ChildProcess[] = []
  const folders: string[] = []
  try {
    const token = await registerSender(database.url)
    const folder = mkdtempSync(path.join(process.cwd(), 'node_modules/.bench-'))
    folders.push(folder)
    await bundleServers(folder)
    const start = async (name: string) => {
      const child = fork(path.join(folder, `${name}.mjs`), { env: environment(database), execArgv: [] })
      children.push(child)
      const [{ port }] = (await once(child, 'message')) as [{ port: number }]
      return port
    }
    return toRows(await measureInTurns(await start('bare'), await start('intake'), token))
  } finally {
    const running = children.filter((child) => child.exitCode === null && child.connected)
    await Promise.all(running.map(end))
    await database.stop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}

/** Both servers in processes of their own; below the project, so that packages are found. */
async function bundleServers(folder: string): Promise<void> {
  await build({
    entryPoints: { bare: 'bench/events/bare.ts', intake: 'bench/events/intake.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    conditions: ['react-server'],
    alias: { 'server-only': './lib/server/platform/empty.ts' },
    packages: 'external',
    logLevel: 'error',
  })
}

function environment({ url, home }: { url: string; home: string }): NodeJS.ProcessEnv {
  const secret = () => randomBytes(32).toString('base64')
  return {
    NODE_ENV: 'production',
    PATH: process.env.PATH,
    DATABASE_URL: url,
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

/** A space with one node, as registering leaves it. */
async function registerSender(url: string): Promise<string> {
  const token = `lp_node_${randomBytes(32).toString('base64url')}`
  const hash = createHash('sha256').update(token).digest('hex')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const [space, node] = [randomUUIDv7(), randomUUIDv7()]
  await client.query('INSERT INTO space (id, name) VALUES ($1, $2)', [space, 'Bench'])
  const insertNode = 'INSERT INTO node (id, "spaceId", name, type, "createdBy") VALUES ($1, $2, $3, $4, $5)'
  await client.query(insertNode, [node, space, 'bench', 'design', 'bench'])
  const insertToken =
    'INSERT INTO node_token (id, "spaceId", "nodeId", hash, prefix, actor) VALUES ($1, $2, $3, $4, $5, $6)'
  await client.query(insertToken, [randomUUIDv7(), space, node, hash, 'lp_node', 'bench'])
  await client.end()
  return token
}

/** In turns, so that what the machine does besides falls on both. */
async function measureInTurns(bare: number, intake: number, token: string): Promise<Round[]> {
  await measure(bare, token, WARM_UP_MS)
  await measure(intake, token, WARM_UP_MS)
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const first = await measure(bare, token, ROUND_MS)
    rounds.push({ bare: first, intake: await measure(intake, token, ROUND_MS) })
  }
  return rounds
}

function toRows(rounds: Round[]): Row[] {
  const of = (read: (round: Round) => number) => median(rounds.map(read).sort((a, b) => a - b))
  const ratio = of(({ intake, bare }) => intake.eventsPerSecond / bare.eventsPerSecond)
  const p99Ms = of(({ intake }) => intake.p99Ms)
  const bareP99Ms = of(({ bare }) => bare.p99Ms)
  const perSecond = (events: number) => `${Math.round(events).toLocaleString('en-US')} events/s`
  return [
    {
      what: `events acknowledged durable, batches of ${BATCH}`,
      figure: perSecond(of(({ intake }) => intake.eventsPerSecond)),
      reference: `${perSecond(of(({ bare }) => bare.eventsPerSecond))} by a bare route and one INSERT`,
      ratio,
      target: `≥ ${MINIMUM_RATIO}`,
      ok: ratio >= MINIMUM_RATIO,
    },
    {
      what: 'their acknowledgement, p99',
      figure: ms(p99Ms),
      reference: ms(bareP99Ms),
      ratio: p99Ms / bareP99Ms,
      target: `≤ ${MAXIMUM_P99_MS} ms`,
      ok: p99Ms <= MAXIMUM_P99_MS,
    },
  ]
}
