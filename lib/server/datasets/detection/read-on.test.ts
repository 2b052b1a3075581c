import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import type { ObjectStore } from '../../platform/object-store/types'
import { issuePermit } from '../../platform/permit'
import { previewObject } from '../../reader/preview-object'
import { readOn } from './read-on'

const MIB = 1024 * 1024

/** A store of what is at hand, that answers at once; null for a file that never comes. */
function storeOf(files: ReadonlyMap<string, Buffer | null>): ObjectStore {
  const signal = new AbortController().signal
  const bodyOf = async (path: string) => files.get(path) ?? (await new Promise<never>(() => undefined))
  async function* once(body: Buffer) {
    yield body
  }
  const store: Partial<ObjectStore> = {
    permit: issuePermit({ actor: 'user:test', action: 'connection.preview', signal }),
    head: async (path) => {
      const { length } = await bodyOf(path)
      return { path, sizeBytes: length, etag: '"e"', modifiedAtMs: 0, storageClass: '' }
    },
    getStream: async ({ path }) =>
      ({ bytes: once(await bodyOf(path)), close: () => undefined }) as unknown as Awaited<
        ReturnType<ObjectStore['getStream']>
      >,
  }
  return store as ObjectStore
}

/** Reads on from a file of one record. */
async function readOnTo(bodies: readonly (Buffer | null)[]) {
  const named = bodies.map((body, index) => [`/${index}`, body] as const)
  const store = storeOf(new Map([['/first', Buffer.from('first\n')], ...named]))
  const first = {
    ...(await previewObject({ store, path: '/first', format: DEFAULT_LINE_FORMAT })),
    usedPath: '/first',
  }
  const place = { store, format: DEFAULT_LINE_FORMAT, toPath: (path: string) => path }
  return readOn(
    place,
    named.map(([path]) => path),
    first,
    1_000,
  )
}

test.each([49, 50, 51])('of %i further files 50 are read', async (count) => {
  const { further, records } = await readOnTo(Array.from({ length: count }, () => Buffer.from('a\n')))
  expect(further).toHaveLength(Math.min(count, 50))
  expect(records).toBe(1 + further.length)
})

test.each([-1, 0, 1])('of a further file a MiB is read, and not %i more', async (over) => {
  const { further, problems } = await readOnTo([Buffer.alloc(MIB + over, 'x')])
  expect(further[0]?.truncatedBy).toBe(over > 0 ? 'bytes-in' : null)
  expect(problems.map(({ path }) => path)).toEqual(over > 0 ? ['/0'] : [])
})

test.each([-1, 0, 1])('of a further file 4 MiB are unpacked, and not %i more', async (over) => {
  const { further } = await readOnTo([gzipSync(Buffer.alloc(4 * MIB + over, 'x'))])
  expect(further[0]?.truncatedBy).toBe(over > 0 ? 'bytes-out' : null)
})

test('a file that does not come holds up nothing but the second that all have', async () => {
  const started = performance.now()
  const { further } = await readOnTo([Buffer.from('a\n'), Buffer.from('b\n'), null, null, Buffer.from('c\n')])
  expect(further.map(({ path }) => path)).toEqual(['/0', '/1'])
  expect(performance.now() - started).toBeGreaterThan(900)
})
