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

const openStore = () => Store.open({ dir: folder.dir, now: Date.now, log: () => {} })

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
    const store = await openStore()
    await store.createBucket(bucket)
    // Long keys make the journal outgrow its bound, 60 KB bodies fill more than two segments.
    const name = (i) => `${String(i).padStart(5, '0')}/${'x'.repeat(900)}`
    const body = (i) => Buffer.alloc(60_000, i % 251)
    const count = 2600
    for (let i = 0; i < count; i += 200)
      await Promise.all(
        Array.from({ length: Math.min(200, count - i) }, (_, j) =>
          store.putObject({ bucket, key: name(i + j) }, bodyOf(body(i + j)), {}, ALWAYS),
        ),
      )
    const kept = [7, 999, 2599]
    const doomed = Array.from({ length: count }, (_, i) => i).filter((i) => !kept.includes(i))
    for (let i = 0; i < doomed.length; i += 500)
      await store.deleteObjects(bucket, doomed.slice(i, i + 500).map(name))
    for (let round = 0; round < 14; round++)
      await Promise.all(
        Array.from({ length: 1000 }, () =>
          store.putObject({ bucket, key: name(7) }, bodyOf(body(7)), {}, ALWAYS),
        ),
      ).catch((error) => Promise.reject(error))
    await store.close()

    const index = await readdir(path.join(folder.dir, 'index'))
    expect(index.filter((each) => each.startsWith('snapshot'))).toHaveLength(1)
    expect(index).not.toContain('journal-000001')
    const reopened = await openStore()
    expect(reopened.catalogue.objectCount).toBe(kept.length)
    for (const i of kept) expect((await readAll(reopened, name(i))).equals(body(i))).toBe(true)
    await reopened.close()
    const data = path.join(folder.dir, 'data')
    const sizes = await Promise.all((await readdir(data)).map((each) => stat(path.join(data, each))))
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2 * 64 * 1024 * 1024)
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
