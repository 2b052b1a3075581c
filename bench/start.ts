import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { removeHome } from '../bin/suites/throwaway.mjs'
import { seconds } from './measure'
import type { Row } from './row'

const runProgram = promisify(execFile)
const MAXIMUM_RATIO = 1.3

/** From a fresh clone to the sign-in page by `npm start`, beside `npm ci` and `next build` alone in another clone. */
export async function run(): Promise<Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'launchpad-bench-'))
  try {
    const reference = await timeBuild(path.join(folder, 'reference'))
    const figure = await timeStart(path.join(folder, 'start'))
    return [
      {
        what: 'fresh clone to the sign-in page (npm start, packages cached)',
        figure: seconds(figure),
        reference: `${seconds(reference)} npm ci and next build alone`,
        ratio: figure / reference,
        target: `≤ ${MAXIMUM_RATIO} ×`,
        ok: figure / reference <= MAXIMUM_RATIO,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The environment of a person at a new machine: nothing of this project's own. */
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(LAUNCHPAD_.*|DATABASE_URL|PORT|HOST|NODE_ENV|npm_.*)$/.test(name),
  ),
) as NodeJS.ProcessEnv

const clone = (folder: string) => runProgram('git', ['clone', '-q', process.cwd(), folder])

async function timeBuild(folder: string): Promise<number> {
  await clone(folder)
  const startedAt = performance.now()
  const options = { cwd: folder, env: CLEAN, maxBuffer: 64 * 1024 * 1024 }
  await runProgram('npm', ['ci'], options)
  await runProgram('npx', ['prisma', 'generate'], options)
  await runProgram('npx', ['next', 'build'], options)
  return performance.now() - startedAt
}

async function timeStart(folder: string): Promise<number> {
  await clone(folder)
  const home = path.join(folder, '.launchpad')
  const port = String(await findPort())
  const startedAt = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...CLEAN, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^ready (\S+)/.exec(line)?.[1]
      if (!url) continue
      const response = await fetch(url)
      await response.text()
      return performance.now() - startedAt
    }
    throw new Error('npm start ended before it was ready')
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
    await removeHome(home)
  }
}

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
}
