import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hasEnded, identify } from '../lib/embedded/processes.mjs'
import { startNode } from './node-process.mjs'
import { createSupervisor, endLeftovers } from './supervise.mjs'

let folder = ''
let file = ''
let script = ''
let logFile = ''
const { PATH } = process.env

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'launchpad-supervise-'))
  file = path.join(folder, 'processes.json')
  script = path.join(folder, 'program.mjs')
  logFile = path.join(folder, 'program.log')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const start = () => startNode({ name: 'program', script, env: { PATH }, logFile })
const recorded = () => JSON.parse(readFileSync(file, 'utf8'))

test('starts a process again that has ended, and not one that was stopped', async () => {
  writeFileSync(script, "process.send('ready'); setInterval(() => {}, 1000)")
  const told = []
  const supervisor = createSupervisor(file, (line) => told.push(line))
  await supervisor.keep('program', start)
  const [first] = recorded()
  process.kill(first.pid, 'SIGKILL')
  await vi.waitFor(() => expect(recorded()[0]).not.toEqual(first), { timeout: 5_000 })
  const [second] = recorded()
  expect(told).toEqual(['program ended with SIGKILL; starting it again'])
  await supervisor.stop('program')
  expect(await hasEnded(second, 0)).toBe(true)
  expect(told).toHaveLength(1)
})

test('tells the last words of a process that does not start', async () => {
  writeFileSync(
    script,
    'console.error(JSON.stringify({ level: 60, err: { message: "the key is wrong" } })); process.exit(3)',
  )
  await expect(start()).rejects.toThrow(`program did not start: the key is wrong (${logFile})`)
})

test('a process ends by itself when its supervisor is killed', async () => {
  writeFileSync(script, "process.send('ready'); setInterval(() => {}, 1000)")
  const [identity] = await killedSupervisor()
  expect(await hasEnded(identity, 5_000)).toBe(true)
})

test('what a killed supervisor left running is ended, by number and start time', async () => {
  writeFileSync(script, "process.on('SIGTERM', () => {}); process.send('ready'); setInterval(() => {}, 1000)")
  const [identity] = await killedSupervisor()
  writeFileSync(file, JSON.stringify([identity, { pid: process.pid, startedAt: 'earlier' }]))
  expect(identify(identity.pid)).toEqual(identity)
  expect(await endLeftovers(file)).toBe(1)
  expect(await hasEnded(identity, 0)).toBe(true)
}, 30_000)

/** Lets a supervisor of its own start the program, kills it, and gives what it had recorded. */
async function killedSupervisor() {
  const module = (name) => JSON.stringify(path.join(import.meta.dirname, name))
  const code = `
    const { createSupervisor } = await import(${module('supervise.mjs')})
    const { startNode } = await import(${module('node-process.mjs')})
    const options = ${JSON.stringify({ name: 'program', script, env: { PATH }, logFile })}
    await createSupervisor(${JSON.stringify(file)}, console.log).keep('program', () => startNode(options))
    console.log('kept')
    setInterval(() => {}, 1000)`
  const supervisor = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(supervisor.stdout, 'data')
  expect(existsSync(file)).toBe(true)
  supervisor.kill('SIGKILL')
  await once(supervisor, 'exit')
  return recorded()
}
