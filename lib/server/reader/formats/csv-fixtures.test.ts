import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { csvFormatSchema } from '#lib/domain/formats/csv'
import { readTable, toObjects } from '#lib/server/testing/read-table'

const FOLDER = new URL('../fixtures/csv/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'))
const expectation = z.object({
  params: z.record(z.string(), z.unknown()),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
})

describe('CSV of other programs', () => {
  it.each(FILES)('reads %s', async (name) => {
    const bytes = readFileSync(new URL(name, FOLDER))
    const wanted = expectation.parse(
      JSON.parse(readFileSync(new URL(name.replace(/csv$/, 'json'), FOLDER), 'utf8')),
    )
    const format = csvFormatSchema.parse({ type: 'csv', params: wanted.params })
    for (const sizes of [[], [1], [7], [64]]) {
      const { columns, rows, problems, failure } = await readTable(bytes, format, { sizes })
      expect({ columns, rows, problems, failure }).toEqual({
        columns: wanted.columns,
        rows: wanted.rows,
        problems: [],
        failure: undefined,
      })
    }
  })

  it('reads a header in each file of an archive', async () => {
    const bytes = readFileSync(new URL('headers.zip', FOLDER))
    const outcome = await readTable(bytes, csvFormatSchema.parse({ type: 'csv', params: {} }), {
      sizes: [50],
    })
    expect(outcome.columns).toEqual(['id', 'name', 'city', 'col_2'])
    expect(toObjects(outcome)).toEqual([
      { id: '1', name: 'Ann' },
      { id: '2' },
      { id: '3', name: 'Bob', city: 'Rome' },
      { id: '4', name: 'Cy', col_2: 'extra' },
    ])
    expect(outcome.problems).toMatchObject([
      { reason: 'ragged-rows', record: 2, count: 1 },
      { record: 4, count: 1 },
    ])
  })

  it('knows them all', () => expect(FILES).toHaveLength(19))
})
