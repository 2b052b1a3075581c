import { expect, test } from 'vitest'
import { buildZip } from '#lib/server/testing/build-zip'
import { read } from '#lib/server/testing/read-bytes'

const FILES = 10
const LINE = Buffer.from('a\n')
const NOTHING = Buffer.alloc(0)

/** So many entries, most of them folders, which are held with the directory and not read. */
const zipOf = (entries: number) =>
  buildZip(
    Array.from({ length: entries }, (_, n) =>
      n < FILES ? { name: `${n}`, data: LINE, method: 0 } : { name: `${n}/`, data: NOTHING, method: 0 },
    ),
  )

test.each([99_999, 100_000, 100_001])('an archive of %i entries is read, up to 100,000', async (entries) => {
  const { lines, reason } = await read(zipOf(entries), { path: '/many.zip' })
  expect(reason).toBe(entries > 100_000 ? 'zip-entries' : undefined)
  expect(lines).toHaveLength(entries > 100_000 ? 0 : FILES)
})

test.each([65_534, 65_535, 65_536])(
  '%i entries are read, where the way to count them changes',
  async (entries) => {
    expect((await read(zipOf(entries), { path: '/many.zip' })).lines).toHaveLength(FILES)
  },
)
