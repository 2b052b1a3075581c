import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { findPlace } from '../lib/embedded/postgres/place.mjs'
import { findPostmaster } from '../lib/embedded/postgres/postmaster.mjs'
import { removePostgres } from '../lib/embedded/postgres/server.mjs'
import { hasEnded, identify, isRunning } from '../lib/embedded/processes.mjs'
import { build } from './build.mjs'
import { findPortAside } from './suites/find-port-aside.mjs'
import { startCopy } from './suites/start-copy.mjs'

/** The production build may take a minute, and a start has to wait for nothing else. */
const PATIENCE_MS = 300_000
const { PATH, HOME } = process.env
let home = ''
let env = {}

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'launchpad-start-'))
  env = {
    PATH,
    HOME,
    LAUNCHPAD_HOME: home,
    LAUNCHPAD_NO_ENV_FILE: '1',
    LAUNCHPAD_DIST_DIR: '.next-test',
    PORT: String(await findPortAside()),
  }
  await build({ env })
}, PATIENCE_MS)

afterAll(async () => {
  await removePostgres({ home })
  rmSync(home, { recursive: true, force: true })
})

const processes = () => JSON.parse(readFileSync(path.join(home, 'processes.json'), 'utf8'))
const postmaster = () => findPostmaster(findPlace(home).data)?.identity
const status = async (url) => (await fetch(url, { redirect: 'manual' }).catch(() => null))?.status ?? 0

test(
  'starts, answers, and leaves nothing running when it is stopped',
  async () => {
    const copy = await startCopy(['start'], env)
    expect(await status(copy.url)).toBeGreaterThan(0)
    const running = [...processes(), postmaster()]
    expect(running).toHaveLength(4)
    await copy.stop()
    expect(running.filter(isRunning)).toEqual([])
    expect(existsSync(path.join(home, 'lock'))).toBe(false)
  },
  PATIENCE_MS,
)

test(
  'recovers after its supervisor was killed: what is left ends, the database is adopted, ports stay',
  async () => {
    const copy = await startCopy(['start'], env)
    const [left, database] = [processes(), postmaster()]
    const supervisor = identify(copy.pid)
    process.kill(copy.pid, 'SIGKILL')
    await hasEnded(supervisor, 5_000)
    const again = await startCopy(['start'], env)
    expect(again.url).toBe(copy.url)
    expect(left.filter(isRunning)).toEqual([])
    expect(postmaster()).toEqual(database)
    await again.stop()
  },
  PATIENCE_MS,
)

test(
  'brings back whatever of it is killed',
  async () => {
    const copy = await startCopy(['start'], env)
    const killed = [...processes(), postmaster()]
    for (const { pid } of killed) process.kill(pid, 'SIGKILL')
    await Promise.all(killed.map((identity) => hasEnded(identity, 5_000)))
    await vi.waitFor(
      async () => {
        expect(await status(copy.url)).toBeGreaterThan(0)
        expect([...processes(), postmaster()].filter((one) => one && isRunning(one))).toHaveLength(4)
      },
      { timeout: 120_000, interval: 100 },
    )
    await copy.stop()
  },
  PATIENCE_MS,
)

test(
  'a second start on the same folder is refused and does not disturb the first',
  async () => {
    const copy = await startCopy(['start'], env)
    await expect(startCopy(['start'], { ...env, PORT: String(await findPortAside()) })).rejects.toThrow(
      'did not start',
    )
    expect(await status(copy.url)).toBeGreaterThan(0)
    await copy.stop()
  },
  PATIENCE_MS,
)
