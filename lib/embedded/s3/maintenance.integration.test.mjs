import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Catalogue } from './catalogue.mjs'
import { IndexFolder } from './index-folder.mjs'
import { RequestBody } from './request-body.mjs'
import { snapshotRecords } from './snapshot.mjs'
import { Store } from './store.mjs'
import { createTestFolder } from './testing.mjs'

const ALWAYS = { ifMatch: undefined, ifNoneMatch: undefined }
const bucket = 'data'
let folder
beforeEach(async () => {
  folder = await createTestFolder()
})
afterEach(() => folder.remove())

const openStore = (limits) => Store.open({ dir: folder.dir, now: Date.now, log: () => {}, ...limits })

function bodyOf(bytes) {
  return new RequestBody({
    source: Readable.from([bytes]),
    headers: { 'content-length': String(bytes.length) },
    authentication: { payloadHash: 'UNSIGNED-PAYLOAD' },
    maxBytes: 1e9,
  })
}

async function readAll(store, key) {
  const object = store.catalogue.object(bucket, key)
  const { read, release } = store.openObject(object)
  const pieces = []
  for await (const piece of read(0, object.sizeBytes)) pieces.push(piece)
  release()
  return Buffer.concat(pieces)
}

describe('a folder that has been worked on', () => {
  it('shrinks again: old journals go, and segments of deleted objects are emptied', async () => {
    const segmentBytes = 1024 * 1024
    const limits = { segmentBytes, journalBytes: 32 * 1024 }
    const store = await openStore(limits)
    await store.createBucket(bucket)
    const name = (i) => String(i).padStart(5, '0')
    const body = (i) => Buffer.alloc(20_000, i % 251)
    const numbers = Array.from({ length: 1000 }, (_, i) => i)
    for (let i = 0; i < numbers.length; i += 50)
      await Promise.all(
        numbers
          .slice(i, i + 50)
          .map((n) => store.putObject({ bucket, key: name(n) }, bodyOf(body(n)), {}, ALWAYS)),
      )
    // One survivor in every tenth of the keys keeps each segment alive.
    const kept = numbers.filter((n) => n % 100 === 42)
    const deleted = numbers.filter((n) => n % 100 !== 42)
    await store.deleteObjects(bucket, deleted.map(name))
    for (let i = 0; i < 1500; i += 50)
      await Promise.all(
        numbers
          .slice(0, 50)
          .map((n) => store.putObject({ bucket, key: `new/${n}` }, bodyOf(Buffer.from('x')), {}, ALWAYS)),
      )
    await store.settled()
    await store.close()

    const index = await readdir(path.join(folder.dir, 'index'))
    expect(index.filter((each) => each.startsWith('snapshot'))).toHaveLength(1)
    expect(index).not.toContain('journal-000001')
    const data = path.join(folder.dir, 'data')
    const sizes = await Promise.all((await readdir(data)).map((each) => stat(path.join(data, each))))
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2 * segmentBytes)
    const reopened = await openStore(limits)
    expect(reopened.catalogue.objectCount).toBe(kept.length + 50)
    for (const n of kept) expect((await readAll(reopened, name(n))).equals(body(n))).toBe(true)
    await reopened.close()
  })

  it('a snapshot taken while changes go on ends in the same state as the journal', async () => {
    const live = new Catalogue()
    const index = await IndexFolder.open(
      folder.dir,
      (record) => live.apply(record),
      () => {},
    )
    const change = async (...records) => {
      await index.append(records)
      for (const record of records) live.apply(record)
    }
    const put = (key, etag) => ['put', bucket, key, 1, etag, 0, [1, 0, 1], {}, null]
    await change(['bucket', bucket, 0])
    for (let i = 0; i < 2500; i++) live.apply(put(`k${String(i).padStart(4, '0')}`, 'old'))
    await index.rotate()
    const frames = snapshotRecords(live)
    const taken = []
    for (const frame of frames) {
      taken.push(frame)
      await change(put('k0001', 'new'), put('k2400', 'new'), put('zz', 'added'), ['delete', bucket, 'k0002'])
      await change(['delete', bucket, 'k2401'], ['unbucket', 'other'], ['bucket', 'other', 0])
    }
    await index.writeSnapshot(taken)
    await index.close()

    const replayed = new Catalogue()
    const again = await IndexFolder.open(
      folder.dir,
      (record) => replayed.apply(record),
      () => {},
    )
    await again.close()
    const stateOf = (catalogue) => [...snapshotRecords(catalogue)].flat()
    expect(stateOf(replayed)).toEqual(stateOf(live))
    expect(replayed.objectCount).toBe(2499)
  })
})
