import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { RecordFormat } from '#lib/domain/datasets/print-records'
import { createGlobalKey, listGlobalKeys } from '../identity/keys'
import { createProject } from '../projects/commands'
import { getProject } from '../projects/queries'
import { freshDatabase } from '../testing/database'
import { addDataset, type DatasetScene, definitionOver, makeDatasetScene } from '../testing/dataset-scene'
import { getDssDataset, saveDssDataset } from './dss/dss-datasets'
import { readSample } from './sampling/read-sample'
import { streamRecords } from './streaming/stream-records'

let drop: () => Promise<void>
let scene: DatasetScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
})
afterAll(() => drop())

type Ref = Awaited<ReturnType<typeof addDataset>>

async function read(ref: Ref, format: RecordFormat): Promise<string> {
  let text = ''
  const request = { partitions: [], format, sessionId: null }
  for await (const chunk of await streamRecords(scene.mira, ref, request)) text += chunk
  return text
}

/** A dataset over one CSV file with a header. */
async function addCsv(name: string, body: string, columns: { name: string; source?: string }[]) {
  await scene.put(`${name}/a.csv`, body)
  const definition = {
    formatType: 'csv',
    formatParams: { separator: ',', parseHeaderRow: true },
    schema: { columns: columns.map((column) => ({ ...column, type: 'string' })), userModified: true },
  } as Partial<DatasetDefinition>
  return addDataset(scene.mira, name, definitionOver(`/${name}/`, definition))
}

test.each([
  [
    'swapped',
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    '2,1',
  ],
  [
    'in-a-circle',
    [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ],
    '2,3,1',
  ],
  [
    'in-a-chain',
    [
      ['d', 'c'],
      ['c', 'b'],
      ['b', 'a'],
    ],
    '3,2,1',
  ],
] as const)(
  'columns that took each other’s names hold their own values: %s',
  async (name, renames, values) => {
    const ref = await addCsv(
      name,
      'a,b,c\n1,2,3\n',
      renames.map(([column, source]) => ({ name: column, source })),
    )
    const names = renames.map(([column]) => column)
    const expected = values.split(',')
    expect(await read(ref, 'csv')).toBe(`${names.join(',')}\r\n${values}\r\n`)
    expect(await read(ref, 'tsv-excel-header')).toBe(`${names.join('\t')}\n${expected.join('\t')}\n`)
    expect(JSON.parse(await read(ref, 'json'))).toEqual(
      Object.fromEntries(names.map((column, place) => [column, expected[place]])),
    )
    const sample = await readSample(scene.mira, ref, { records: 10 })
    expect([sample.columns.map((column) => column.name), sample.rows[0]?.cells]).toEqual([names, expected])
    // And they do so after the definition went to a client and came back.
    await saveDssDataset(scene.mira, ref, JSON.parse(JSON.stringify(await getDssDataset(scene.mira, ref))))
    expect(await read(ref, 'csv')).toBe(`${names.join(',')}\r\n${values}\r\n`)
  },
)

const NAMES = ['Ünïcödé', 'Ελλάδα', 'Россия', 'العربية', 'עברית', 'हिन्दी', 'ไทย', '日本語', '한국어', '👩‍🚀']

test('columns are named in any script, and come back so in each format', async () => {
  const columns = NAMES.map((name) => ({ name }))
  const ref = await addCsv('scripts', `${NAMES.join(',')}\n${NAMES.toReversed().join(',')}\n`, columns)
  const values = NAMES.toReversed()
  expect(await read(ref, 'csv')).toBe(`${NAMES.join(',')}\r\n${values.join(',')}\r\n`)
  expect(await read(ref, 'tsv-excel-header')).toBe(`${NAMES.join('\t')}\n${values.join('\t')}\n`)
  expect(Object.entries(JSON.parse(await read(ref, 'json')))).toEqual(
    NAMES.map((name, place) => [name, values[place]]),
  )
  const { schema } = JSON.parse(JSON.stringify(await getDssDataset(scene.mira, ref)))
  expect(schema.columns.map((column: { name: string }) => column.name)).toEqual(NAMES)
})

test('projects and keys are named in any script', async () => {
  for (const [place, name] of NAMES.entries()) {
    const key = `SCRIPT${place}`
    await createProject(scene.mira, { key, name, description: name })
    expect(await getProject(scene.mira, key)).toMatchObject({ name, description: name })
    const fields = { description: '', expiresAt: null, groupIds: [], admin: false }
    await createGlobalKey(scene.admin, { ...fields, label: name })
  }
  const { keys } = await listGlobalKeys(scene.admin)
  expect(keys.map(({ label }) => label)).toEqual(NAMES.toReversed())
})
