import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { gather, openTestStore } from '#lib/server/testing/loopback-store'
import { startS3 } from '../../../embedded/s3/server.mjs'
import type { StoreTarget } from './types'

let dir: string
let s3: Awaited<ReturnType<typeof startS3>>

const writer = { accessKeyId: 'AKWRITER', secretAccessKey: 'writer-secret' }
const reader = { accessKeyId: 'AKREADER', secretAccessKey: 'reader-secret', readOnly: true }

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'object-store-'))
  s3 = await startS3({ dir, keys: [writer, reader], buckets: ['logs'] })
})

afterAll(async () => {
  await s3?.close()
  await rm(dir, { recursive: true, force: true })
})

function open(overrides: Partial<StoreTarget> = {}, keys = writer) {
  const credential = {
    kind: 'static' as const,
    accessKeyId: keys.accessKeyId,
    openSecret: () => keys.secretAccessKey,
  }
  return openTestStore(s3.endpoint, {
    target: { credential, ...overrides },
    timeouts: { idleMs: 5_000, answerMs: 10_000 },
  })
}

async function reasonOf(run: Promise<unknown>): Promise<string | undefined> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Failure) return error.details.reason
  throw new Error(`no Failure but ${String(error)}`)
}

const ODD = [
  '/odd/a b',
  '/odd/ü+%2F&<>"\'',
  '/odd//double',
  '/odd/%2e%2e/x',
  '/odd/a\u2028\u202Eb',
  '/odd/(!*)~',
  '/odd/=?#;:@$,',
  '/odd/日本語🙂',
]

describe('objects', () => {
  it('keeps odd keys exactly, from writing to listing to reading', async () => {
    const store = open({ root: 'space/' })
    for (const name of ODD) await store.put({ path: name, body: Buffer.from(name) })
    const listed = (await gather(store.listAll({ prefixPaths: ['/odd/'] })))
      .flat()
      .map((object) => object.path)
    expect(new Set(listed)).toEqual(new Set(ODD))
    for (const name of ODD) {
      const object = await store.getStream({ path: name })
      expect(Buffer.concat(await gather(object.bytes)).toString()).toBe(name)
      expect((await store.head(name)).sizeBytes).toBe(Buffer.byteLength(name))
    }
  })

  it('never overwrites, and says so', async () => {
    const store = open()
    const { etag } = await store.put({ path: '/once', body: Buffer.from('1') })
    expect(etag).not.toBe('')
    expect(await reasonOf(store.put({ path: '/once', body: Buffer.from('2') }))).toBe('already-exists')
    expect((await store.head('/once')).etag).toBe(etag)
  })

  it('reads ranges', async () => {
    const store = open()
    await store.put({ path: '/range', body: Buffer.from('0123456789') })
    const object = await store.getStream({ path: '/range', range: { start: 3, end: 5 } })
    expect(object.sizeBytes).toBe(10)
    expect(Buffer.concat(await gather(object.bytes)).toString()).toBe('345')
    expect(await reasonOf(store.getStream({ path: '/range', range: { start: 100 } }))).toBe(
      'range-not-satisfiable',
    )
  })

  it('translates what is missing', async () => {
    expect(await reasonOf(open().getStream({ path: '/none' }))).toBe('object-not-found')
    expect(await reasonOf(open().head('/none'))).toBe('object-not-found')
    expect(await reasonOf(open({ bucket: 'absent' }).listPage({ prefixPath: '/', maxKeys: 1 }))).toBe(
      'no-such-bucket',
    )
    expect(await reasonOf(open({}, reader).put({ path: '/x', body: Buffer.from('') }))).toBe('access-denied')
    expect(
      await reasonOf(
        open({}, { ...writer, secretAccessKey: 'no' }).listPage({ prefixPath: '/', maxKeys: 1 }),
      ),
    ).toBe('wrong-secret')
    expect(
      await reasonOf(
        open({}, { ...writer, accessKeyId: 'AKNONE' }).listPage({ prefixPath: '/', maxKeys: 1 }),
      ),
    ).toBe('unknown-access-key')
  })
})

describe('listing', () => {
  it('pages, starts after, and shows folders', async () => {
    const store = open({ root: 'many/' })
    const names = Array.from({ length: 25 }, (_, n) => `/t${n % 5}/${String(n).padStart(3, '0')}`)
    for (const name of names) await store.put({ path: name, body: Buffer.from('x') })
    const folders = await store.listPage({ prefixPath: '/', delimiter: '/', maxKeys: 3 })
    expect(folders.folders).toEqual(['/t0/', '/t1/', '/t2/'])
    const rest = await store.listPage({
      prefixPath: '/',
      delimiter: '/',
      maxKeys: 3,
      continuationToken: folders.nextToken ?? '',
    })
    expect(rest.folders).toEqual(['/t3/', '/t4/'])
    expect(rest.nextToken).toBeUndefined()
    const after = await store.listPage({ prefixPath: '/t0/', maxKeys: 10, startAfter: '/t0/005' })
    expect(after.objects.map((object) => object.path)).toEqual(['/t0/010', '/t0/015', '/t0/020'])
    for (const concurrency of [1, 3]) {
      const all = (await gather(store.listAll({ prefixPaths: ['/'], concurrency }))).flat()
      expect(all.map((object) => object.path).sort()).toEqual([...names].sort())
    }
    const two = (await gather(store.listAll({ prefixPaths: ['/t1/', '/t3/'] }))).flat()
    expect(two).toHaveLength(10)
  })

  it('stays within the allowed prefixes', async () => {
    await open().put({ path: '/s9/audit-logs/a', body: Buffer.from('x') })
    await open().put({ path: '/s9/audit-logs-old/b', body: Buffer.from('x') })
    const store = open({ root: 's9/', allowedPrefixes: ['/audit-logs/'] }, reader)
    const top = await store.listPage({ prefixPath: '/', delimiter: '/', maxKeys: 10 })
    expect(top).toEqual({ objects: [], folders: ['/audit-logs/'] })
    expect(
      (await store.listPage({ prefixPath: '/audit-logs/', delimiter: '/', maxKeys: 10 })).objects,
    ).toHaveLength(1)
    const outside = 'ERR_FSPROVIDER_FSLIKE_REACH_OUT_OF_ROOT'
    expect(await reasonOf(store.listPage({ prefixPath: '/audit-logs', maxKeys: 10 }))).toBe(outside)
    expect(await reasonOf(store.getStream({ path: '/audit-logs-old/b' }))).toBe(outside)
    expect(await reasonOf(store.getStream({ path: '/audit-logs/../audit-logs-old/b' }))).toBe(
      'ERR_FSPROVIDER_ILLEGAL_PATH',
    )
    expect(await reasonOf(gather(store.listAll({ prefixPaths: ['/'] })))).toBe(outside)
  })
})

describe('testConnection', () => {
  const outcomes = (steps: { step: string; outcome: string }[]) =>
    Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]))

  it('passes every step that is tried', async () => {
    await open().put({ path: '/tested/a', body: Buffer.from('x') })
    const steps = await open({ root: 'tested/' }).testConnection({ writeBelow: '/' })
    expect(outcomes(steps)).toEqual({
      reachable: 'ok',
      credentials: 'ok',
      list: 'ok',
      read: 'ok',
      write: 'ok',
      'clock-skew': 'ok',
      region: 'ok',
    })
    const left = await gather(open({ root: 'tested/' }).listAll({ prefixPaths: ['/'] }))
    expect(left.flat()).toHaveLength(1)
  })

  it('says what was not tested', async () => {
    const steps = await open({ root: 'nothing-there/' }).testConnection()
    expect(outcomes(steps)).toMatchObject({ list: 'ok', read: 'not-tested' })
    expect(steps.some(({ step }) => step === 'write')).toBe(false)
  })

  it('names the credential, the bucket, and the permission that is missing', async () => {
    const wrong = await open({}, { ...writer, secretAccessKey: 'no' }).testConnection()
    expect(outcomes(wrong)).toMatchObject({
      reachable: 'ok',
      credentials: 'failed',
      list: 'not-tested',
      read: 'not-tested',
    })
    const absent = await open({ bucket: 'absent' }).testConnection()
    expect(outcomes(absent)).toMatchObject({ reachable: 'ok', list: 'failed' })
    const denied = await open({}, reader).testConnection({ writeBelow: '/x/' })
    expect(denied.find(({ step }) => step === 'write')).toMatchObject({
      outcome: 'failed',
      remedy: 'Allow s3:PutObject on arn:aws:s3:::logs/* in the policy of the key or role.',
    })
  })
})
