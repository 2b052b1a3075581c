import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, readdir, stat, truncate } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import * as S3 from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startS3 } from './server.mjs'
import { createTestClient, createTestFolder, READER, WRITER } from './testing.mjs'

const Bucket = 'data'
const MAIN = path.join(import.meta.dirname, 'main.mjs')
const PUTS = 1000
const KILLS = 5
const CONCURRENCY = 16

let folder
/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set()
beforeEach(async () => {
  folder = await createTestFolder()
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  await folder.remove()
})

function spawnServer() {
  const configuration = JSON.stringify({ dir: folder.dir, keys: [WRITER, READER], buckets: [Bucket] })
  const env = { ...process.env, LAUNCHPAD_EMBEDDED_S3_CONFIG: configuration }
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  children.add(child)
  let stderr = ''
  child.stderr.on('data', (piece) => {
    stderr += piece
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const endpoint = Promise.race([
    once(lines, 'line').then(([line]) => JSON.parse(line).endpoint),
    exited.then(([code]) => Promise.reject(new Error(`exited with ${code}: ${stderr}`))),
  ])
  return { child, endpoint, exited, stderr: () => stderr }
}

/** Bytes that follow from their key, so that half an object, or another's bytes, cannot pass. Every eighth is large. */
function bytesFor(key) {
  const number = Number(key.slice(-4))
  const sizeBytes = number % 8 === 0 ? 100_000 + number * 10 : 1 + (number % 3000)
  const seed = createHash('sha256').update(key).digest()
  return Buffer.alloc(sizeBytes, seed)
}

/** Puts keys until `stop`, noting what was acknowledged. */
async function putAll(client, keys, acknowledged) {
  const queue = [...keys]
  const worker = async () => {
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
      try {
        await client.send(new S3.PutObjectCommand({ Bucket, Key: key, Body: bytesFor(key) }))
        acknowledged.add(key)
      } catch {
        return
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

async function listKeys(client) {
  const keys = []
  let ContinuationToken
  do {
    const page = await client.send(new S3.ListObjectsV2Command({ Bucket, ContinuationToken }))
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key))
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken)
  return keys
}

async function readObject(client, Key) {
  const { Body } = await client.send(new S3.GetObjectCommand({ Bucket, Key }))
  return Buffer.from(await Body.transformToByteArray())
}

/** Every acknowledged key is there, and every key that is there is whole. */
async function checkObjects(client, acknowledged) {
  const keys = await listKeys(client)
  const found = new Set(keys)
  expect([...acknowledged].filter((key) => !found.has(key))).toEqual([])
  const broken = []
  for (const key of keys) if (!(await readObject(client, key)).equals(bytesFor(key))) broken.push(key)
  expect(broken).toEqual([])
  return keys.length
}

describe('kill -9 during 1,000 PUTs', () => {
  it(`loses no acknowledged object and shows no half one, ${KILLS} times over`, {
    timeout: 120_000,
  }, async () => {
    const acknowledged = new Set()
    let next = 0
    for (let kill = 0; kill <= KILLS; kill++) {
      const { child, endpoint, exited } = spawnServer()
      const client = createTestClient(await endpoint)
      await checkObjects(client, acknowledged)
      const isLast = kill === KILLS
      const keys = Array.from({ length: PUTS - next }, (_, i) => `k/${String(next + i).padStart(4, '0')}`)
      const before = acknowledged.size
      const puts = putAll(client, keys, acknowledged)
      if (isLast) await puts
      else {
        // Killed after a random share of what is left, in the middle of whatever it is doing.
        const target = before + Math.ceil(Math.random() * ((PUTS - before) / (KILLS - kill + 1)))
        while (acknowledged.size < target) await new Promise((resolve) => setTimeout(resolve, 1))
        child.kill('SIGKILL')
        await puts
        await exited
        next = Math.max(...[...acknowledged].map((key) => Number(key.slice(-4)))) + 1
      }
      if (isLast) {
        await checkObjects(client, acknowledged)
        child.kill('SIGTERM')
        expect(await exited).toEqual([0, null])
      }
      client.destroy()
    }
    expect(acknowledged.size).toBeGreaterThan(PUTS / 2)
  })

  it('sweeps the files of uploads that were never finished', async () => {
    const first = spawnServer()
    const client = createTestClient(await first.endpoint)
    await client.send(new S3.PutObjectCommand({ Bucket, Key: 'k/0008', Body: bytesFor('k/0008') }))
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          yield Buffer.alloc(256 * 1024)
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })(),
    )
    const upload = client
      .send(new S3.PutObjectCommand({ Bucket, Key: 'k/0016', Body: endless, ContentLength: 1e9 }))
      .catch(() => 'failed')
    const data = path.join(folder.dir, 'data')
    while ((await readdir(data)).length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    first.child.kill('SIGKILL')
    expect(await upload).toBe('failed')
    await first.exited
    client.destroy()

    const second = spawnServer()
    const again = createTestClient(await second.endpoint)
    expect(await listKeys(again)).toEqual(['k/0008'])
    expect(await readdir(data)).toHaveLength(1)
    expect(second.stderr()).toContain('Removed 1 data files that no object refers to.')
    again.destroy()
    // The parent gone, which closes its end of the pipe, ends the process too.
    second.child.stdin.end()
    expect(await second.exited).toEqual([0, null])
  })
})

describe('a second process on the same folder', () => {
  it('is refused with one sentence and a non-zero exit', async () => {
    const first = spawnServer()
    await first.endpoint
    const second = spawnServer()
    await expect(second.endpoint).rejects.toThrow('exited with 1')
    expect(second.stderr()).toBe(
      `Another process is already using the object store folder ${folder.dir}; stop it first.\n`,
    )
    first.child.kill('SIGINT')
    expect(await first.exited).toEqual([0, null])
  })
})

describe('the journal at the start', () => {
  const keys = [WRITER]

  async function storeTwo() {
    const server = await startS3({ dir: folder.dir, keys, buckets: [Bucket] })
    const client = createTestClient(server.endpoint)
    for (const key of ['k/0001', 'k/0002'])
      await client.send(new S3.PutObjectCommand({ Bucket, Key: key, Body: bytesFor(key) }))
    client.destroy()
    await server.close()
    return path.join(folder.dir, 'index', 'journal-000001')
  }

  it('loses a torn last record with a note, and nothing else', async () => {
    const journal = await storeTwo()
    await truncate(journal, (await stat(journal)).size - 5)
    const notes = []
    const server = await startS3({ dir: folder.dir, keys, log: (note) => notes.push(note) })
    const client = createTestClient(server.endpoint)
    expect(await listKeys(client)).toEqual(['k/0001'])
    expect(notes).toEqual([
      expect.stringMatching(/^Cut \d+ bytes of an unfinished, never acknowledged write off/),
    ])
    client.destroy()
    await server.close()
  })

  it('cuts garbage off its end', async () => {
    const journal = await storeTwo()
    await appendFile(journal, 'garbage')
    const server = await startS3({ dir: folder.dir, keys })
    const client = createTestClient(server.endpoint)
    expect(await checkObjects(client, new Set(['k/0001', 'k/0002']))).toBe(2)
    client.destroy()
    await server.close()
  })
})
