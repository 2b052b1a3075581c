import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { readParquet } from '#lib/server/testing/read-parquet'

/** A file of one record and columns of these names. */
const fileOf = (names: readonly string[]): Buffer =>
  Buffer.from(
    parquetWriteBuffer({
      columnData: names.map((name, place) => ({ name, data: [place] })),
      schema: [
        { name: 'root', num_children: names.length },
        ...names.map((name) => ({ name, type: 'INT32' as const, repetition_type: 'REQUIRED' as const })),
      ],
    }),
  )

it.each([
  { names: ['', ' ', '\t'], columns: ['col_0', 'col_1', 'col_2'] },
  { names: ['', 'col_0'], columns: ['col_0_2', 'col_0'] },
  { names: ['col_1', ''], columns: ['col_1', 'col_1_2'] },
  { names: ['a', 'a', 'a_2', 'a'], columns: ['a', 'a_3', 'a_2', 'a_4'] },
  { names: [' a ', 'a', '__proto__'], columns: [' a ', 'a', '__proto__'] },
  { names: ['n\0', 'n\ufffd'], columns: ['n\ufffd', 'n\ufffd_2'] },
])('the columns $names are named $columns', async ({ names, columns }) => {
  const { facts, cells } = await readParquet(fileOf(names))
  expect(facts.columns.map(({ name }) => name)).toEqual(columns)
  expect(cells).toEqual([names.map((_, place) => String(place))])
})
