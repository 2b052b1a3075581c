import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasEnded } from '../processes.mjs'
import { copyPostgres } from './copy-server.mjs'
import { findPlace } from './place.mjs'
import { findPostmaster } from './postmaster.mjs'
import { findPostgresUrl, removePostgres, startPostgres } from './server.mjs'

const settings = { fsync: 'off' }
let home = ''

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'launchpad-postgres-'))
})

afterEach(async () => {
  await removePostgres({ home })
  rmSync(home, { recursive: true, force: true })
})

async function query(url, text) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

function postmaster() {
  return findPostmaster(findPlace(home).data)
}

/** Starts the server from a process of its own and waits for its address. */
async function startElsewhere() {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(path.join(import.meta.dirname, 'server.mjs'))})
    const server = await startPostgres({ home: ${JSON.stringify(home)}, settings: { fsync: 'off' } })
    console.log(server.url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return { child, url: String(line).trim() }
}

test('is copied with its data, stopped alone, and runs beside the one it was copied from', async () => {
  const from = path.join(home, 'from')
  mkdirSync(from)
  try {
    const first = await startPostgres({ home: from, settings })
    await query(first.url, 'CREATE TABLE note AS SELECT 42 AS answer')
    await expect(copyPostgres({ from, to: home })).rejects.toThrow('No stopped PostgreSQL')
    await first.stop()
    await copyPostgres({ from, to: home })
    const [source, copy] = [
      await startPostgres({ home: from, settings }),
      await startPostgres({ home, settings }),
    ]
    await query(source.url, 'DROP TABLE note')
    expect(copy.port).not.toBe(source.port)
    expect(await query(copy.url, 'SELECT answer FROM note')).toEqual([{ answer: 42 }])
    await copy.stop()
    await source.stop()
  } finally {
    await removePostgres({ home: from })
  }
})

test('keeps its data and its port from one start to the next', async () => {
  const first = await startPostgres({ home, settings })
  await query(first.url, 'CREATE TABLE note AS SELECT 42 AS answer')
  await first.stop()
  expect(findPostgresUrl({ home })).toBeNull()
  const second = await startPostgres({ home, settings })
  expect(second.port).toBe(first.port)
  expect(await query(second.url, 'SELECT answer FROM note')).toEqual([{ answer: 42 }])
  expect(findPostgresUrl({ home })).toBe(second.url)
  await second.stop()
})

test('comes back after its server was killed, with every commit', async () => {
  const server = await startPostgres({ home, settings })
  await query(server.url, 'CREATE TABLE note AS SELECT 1 AS answer')
  expect(await server.ensureRunning()).toBe(false)
  const { identity } = postmaster()
  process.kill(identity.pid, 'SIGKILL')
  expect(await hasEnded(identity, 5_000)).toBe(true)
  expect(await Promise.all([server.ensureRunning(), server.ensureRunning()])).toEqual([true, true])
  expect(await query(server.url, 'SELECT answer FROM note')).toEqual([{ answer: 1 }])
  await server.stop()
})

test('starts although the last server was killed and a stranger now has its number', async () => {
  const server = await startPostgres({ home, settings })
  const { identity } = postmaster()
  const { data } = findPlace(home)
  const pidFile = readFileSync(path.join(data, 'postmaster.pid'), 'utf8')
  process.kill(identity.pid, 'SIGKILL')
  await hasEnded(identity, 5_000)
  await server.stop()
  writeFileSync(path.join(data, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
  const second = await startPostgres({ home, settings })
  expect(second.adopted).toBe(false)
  await second.stop()
})

test('refuses a second start while the first holds it, and adopts the server once that one was killed', async () => {
  const { child, url } = await startElsewhere()
  await expect(startPostgres({ home, settings })).rejects.toThrow(`in use by process ${child.pid}`)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const before = postmaster()
  const server = await startPostgres({ home, settings })
  expect(server).toMatchObject({ adopted: true, url })
  expect(postmaster()).toEqual(before)
  await server.stop()
  expect(await hasEnded(before.identity, 0)).toBe(true)
})

test('makes a data folder anew whose creation was interrupted', async () => {
  const server = await startPostgres({ home, settings })
  await server.stop()
  const { data, password } = findPlace(home)
  rmSync(data, { recursive: true })
  rmSync(password)
  writeFileSync(`${data}.new`, 'left by an initdb that was killed')
  const second = await startPostgres({ home, settings })
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(existsSync(`${data}.new`)).toBe(false)
  await second.stop()
})

test('leaves nothing behind when it is removed', async () => {
  const server = await startPostgres({ home, settings })
  const { data } = findPlace(home)
  await server.stop()
  await removePostgres({ home })
  expect(existsSync(data)).toBe(false)
  expect(findPlace(home)).toBeNull()
})
