import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FormatSettings, formatSchema } from '#lib/domain/formats/catalogue'
import { type Preview, previewSchema } from '#lib/domain/formats/wire'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import { buildParquetSchema } from '#lib/server/testing/build-parquet-schema'
import { openTestStore } from '#lib/server/testing/loopback-store'
import { startS3 } from '../../embedded/s3/server.mjs'
import { previewObject } from './preview-object'

let dir: string
let s3: Awaited<ReturnType<typeof startS3>>
let store: ObjectStore

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'wide-'))
  s3 = await startS3({ dir, keys: [{ accessKeyId: 'AKTEST', secretAccessKey: 'secret' }], buckets: ['logs'] })
  store = openTestStore(s3.endpoint, { timeouts: { idleMs: 5_000, answerMs: 10_000 } })
})

afterAll(async () => {
  await s3?.close()
  await rm(dir, { recursive: true, force: true })
})

async function preview(type: FormatSettings['type'], body: Buffer | string): Promise<Preview> {
  await store.put({ path: '/wide', body: Buffer.from(body), onlyIfAbsent: false })
  const format = formatSchema.parse({ type, params: {} })
  // Of what is told, nothing is to depend on how busy the machine is.
  const limits = { deadlineMs: 60_000 }
  return previewSchema.parse(await previewObject({ store, path: '/wide', format, maxRecords: 10, limits }))
}

const MILLION = 1_000_000
const names = (count: number) => Array.from({ length: count }, (_, n) => `n${n}`)

describe('a million columns in a preview', () => {
  it('of CSV are told of, and the records after them are shown', async () => {
    const shown = await preview('csv', `a,b\n${names(MILLION).join(',')}\n1,2\n`)
    expect(shown.columns.length).toBeLessThanOrEqual(10_000)
    expect(shown.problems[0]?.reason).toBe('too-many-columns')
    expect(shown.rows.at(-1)?.cells.slice(0, 2)).toEqual(['1', '2'])
  })

  it.each([
    ['half of them', MILLION / 2, { unparsed: 'Its columns would be more than 10000' }, ['too-many-columns']],
    // More characters than a record may have that is taken apart.
    ['all of them', MILLION, { unparsed: 'It is too large to parse', tooLarge: true }, ['record-too-large']],
  ])('of JSON are told of, %s, and the records beside them are shown', async (_, count, told, problems) => {
    const wide = names(count).map((name) => `"${name}":1`)
    const shown = await preview('json', `{"a":1}\n{${wide.join()}}\n{"a":2}\n`)
    expect(shown.columns).toEqual([{ name: 'a', type: 'string' }])
    expect(shown.rows.map(({ cells }) => cells[0] ?? null)).toEqual(['1', null, '2'])
    expect(shown.rows[1]).toMatchObject(told)
    expect(shown.problems.map(({ reason }) => reason)).toEqual(problems)
    expect(JSON.stringify(shown).length).toBeLessThan(1_000_000)
  })

  it('of Parquet are refused by name', async () => {
    const file = buildParquetSchema(names(MILLION))
    const shown = await preview('parquet', file)
    expect(shown).toMatchObject({
      columns: [],
      rows: [],
      truncatedBy: 'failure',
      problems: [{ message: expect.stringContaining('more than 100000 columns') }],
    })
  })
})

it('columns of Parquet are 100,000 at most', async () => {
  for (const count of [99_999, 100_000, 100_001]) {
    const shown = await preview('parquet', buildParquetSchema(names(count)))
    expect([count, shown.columns.length]).toEqual([count, count > 100_000 ? 0 : count])
    expect(shown.problems).toHaveLength(count > 100_000 ? 1 : 0)
  }
})
