import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { readParquet } from '#lib/server/testing/read-parquet'

const MIB = 1024 * 1024

/** Columns of one page each, of which none has a dictionary. */
function fileOf(
  columns: number,
  pageBytes: number,
  codec: 'SNAPPY' | 'UNCOMPRESSED' = 'UNCOMPRESSED',
): Buffer {
  // A text stands behind its length; that it may be null is told in two more bytes, which are not packed.
  const text = 'a'.repeat(pageBytes - 6)
  const columnData = Array.from({ length: columns }, (_, index) => ({
    name: `c${index}`,
    data: [text],
    encoding: 'PLAIN' as const,
    type: 'STRING' as const,
  }))
  const written = parquetWriteBuffer({ columnData, codec, statistics: false, pageSize: 2 ** 30 })
  return Buffer.from(written)
}

const reasonOf = async (file: Buffer, limits: object) =>
  (await readParquet(file, limits)).failure?.details.reason

describe('what a reading holds of a Parquet file', () => {
  it('is a page of the size that is allowed, and none that is larger', async () => {
    const file = fileOf(1, 5_000)
    for (const over of [-1, 0, 1])
      expect(await reasonOf(file, { maxPageBytes: 5_000 + over })).toBe(
        over < 0 ? 'page-too-large' : undefined,
      )
  })

  it('is so much of all columns together', async () => {
    const file = fileOf(4, MIB)
    for (const over of [-1, 0, 1]) {
      const reason = await reasonOf(file, { maxHeldBytes: 4 * MIB + over, maxPageBytes: MIB })
      // The text itself may take an eighth.
      expect(reason).toBe(over < 0 ? 'page-too-large' : 'record-too-large')
    }
    expect(await reasonOf(file, { maxHeldBytes: 16 * MIB })).toBe(undefined)
  })

  it('counts a page as it is packed and as it is unpacked', async () => {
    const file = fileOf(1, 10_000, 'SNAPPY')
    expect(await reasonOf(file, { maxHeldBytes: 80_000, maxPageBytes: 10_000 })).toBe(undefined)
    expect(await reasonOf(file, { maxHeldBytes: 10_000 })).toBe('page-too-large')
  })

  it('is told in megabytes, before anything of the page is read', async () => {
    const file = fileOf(1, 97 * MIB)
    const { failure, facts } = await readParquet(file, { maxPageBytes: 64 * MIB, maxHeldBytes: 128 * MIB })
    expect(failure?.kind).toBe('limit_exceeded')
    expect(failure?.message).toBe(
      'This Parquet file has pages of 97 MB; a preview reads at most 64 MB. It can still be read whole.',
    )
    expect(facts.records).toBe(0)
    const whole = await readParquet(file)
    expect([whole.failure, whole.cells[0]?.[0]?.length]).toEqual([undefined, 97 * MIB - 6])
  })

  it('is freed with the reading, before anything collects garbage', async () => {
    for (const codec of ['SNAPPY', 'UNCOMPRESSED'] as const) {
      const file = fileOf(1, 24 * MIB, codec)
      await readParquet(file)
      const before = process.memoryUsage().arrayBuffers
      await readParquet(file)
      // What is at hand is gathered, and copied for whoever reads a range of it.
      const gathered = 3 * file.length
      const after = process.memoryUsage().arrayBuffers
      expect(after - before - (codec === 'SNAPPY' ? gathered : file.length)).toBeLessThan(12 * MIB)
    }
  })

  it('takes turns, and gives them back however a reading ends', async () => {
    const file = fileOf(3, 12 * MIB)
    const limits = { maxHeldBytes: 400 * MIB }
    const ended = Array.from({ length: 9 }, (_, index) => {
      if (index % 3 === 0) return readParquet(file, { ...limits, maxPageBytes: MIB })
      return readParquet(file, index % 3 === 1 ? { ...limits, maxRecords: 0 } : limits)
    })
    const outcomes = await Promise.all(ended)
    expect(outcomes.map(({ cells, failure }) => failure?.details.reason ?? cells.length)).toEqual(
      outcomes.map((_, index) => (index % 3 === 0 ? 'page-too-large' : index % 3 === 1 ? 0 : 1)),
    )
  })
})
