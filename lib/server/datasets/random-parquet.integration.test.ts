import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { freshDatabase } from '../testing/database'
import { type DatasetScene, makeDatasetScene } from '../testing/dataset-scene'
import { parquetFiles } from '../testing/parquet-files.arbitraries'
import { readEveryWay } from '../testing/read-every-way'

let drop: () => Promise<void>
let scene: DatasetScene

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
})
afterAll(() => drop())

const PARQUET = { type: 'parquet', params: {} }

type Damage = (bytes: Buffer, place: number) => Buffer

function flip(bytes: Buffer, at: number, place: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ (1 + (place % 255))
  return changed
}

/** Where the metadata begins. */
const footerOf = (bytes: Buffer) => bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8)

/** Each by a place, which is any number. */
const DAMAGES: Record<string, Damage> = {
  none: (bytes) => bytes,
  cut: (bytes, place) => bytes.subarray(0, 1 + (place % (bytes.length - 1))),
  'flipped in the data': (bytes, place) => flip(bytes, place % footerOf(bytes), place),
  'flipped in the metadata': (bytes, place) => {
    const start = footerOf(bytes)
    return flip(bytes, start + (place % (bytes.length - start)), place)
  },
  'garbage before': (bytes, place) => Buffer.concat([Buffer.alloc(1 + (place % 9), 'PAR1'), bytes]),
  'garbage behind': (bytes, place) => Buffer.concat([bytes, Buffer.alloc(1 + (place % 9), 'PAR1')]),
}

/** Few are tried in a quick suite, and the same each time; who asks for more gets others. */
const SAME_FILES = process.env.LAUNCHPAD_PROPERTY_RUNS === undefined ? { seed: 20261124 } : {}

test('preview, sample and stream give the same of any small Parquet file, and a count what it says', async () => {
  await fc.assert(
    fc.asyncProperty(
      parquetFiles,
      fc.constantFrom('none', ...Object.keys(DAMAGES)),
      fc.nat(),
      fc.constantFrom('fail' as const, 'warn' as const),
      async ({ bytes, records }, damage, place, unreadableFiles) => {
        const body = DAMAGES[damage]?.(bytes, place) ?? bytes
        const read = await readEveryWay(scene, body, PARQUET, unreadableFiles)
        const { columns, previewed, sample, stream, table, count } = read
        const told = `${body.toString('base64')}\n${JSON.stringify(read, null, 1)}`
        expect([stream.failure, table.failure], told).toEqual([sample.failure, sample.failure])
        if (damage === 'none') {
          const cells = (sample.records as Record<string, string | null>[]).map((record) =>
            columns.map((column) => record[column]),
          )
          expect(cells, told).toEqual(records)
          expect(stream.problems, told).toEqual([0, 0])
          expect(count, told).toEqual({ records: records.length, failure: null, problems: [true] })
        }
        if (sample.failure !== null) {
          // Its metadata may be whole.
          if (count.failure !== null) expect(count.failure, told).toBe(sample.failure)
          return
        }
        expect(count.failure, told).toBeNull()
        expect(previewed.records, told).toEqual(sample.records)
        expect(stream.records, told).toEqual(sample.records)
        expect(sample.problems, told).toEqual(previewed.problems)
        const rows = (stream.records as Record<string, string | null>[]).map((record) =>
          columns.map((column) => record[column] ?? ''),
        )
        expect(table.records, told).toEqual(rows)
        const isWhole = stream.problems[0] === 0
        const given = rows.length
        if (isWhole) expect(count.records, told).toBe(given)
        else if (count.problems[0] === true) expect(count.records, told).toBeGreaterThanOrEqual(given)
      },
    ),
    { ...propertyRuns(20, 20_000), ...SAME_FILES },
  )
})
