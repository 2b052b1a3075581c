import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { metricsRequest } from '#lib/domain/datasets/metrics'
import type { RecordFormat } from '#lib/domain/datasets/print-records'
import { createDssGroup, getDssGroup } from '../identity/dss-groups'
import { listGroups } from '../identity/group-queries'
import { createGlobalKey, createPersonalKey, listGlobalKeys, listOwnKeys } from '../identity/keys'
import { createProject } from '../projects/commands'
import { createProjectKey, listProjectKeys } from '../projects/project-keys'
import { getProject } from '../projects/queries'
import { freshDatabase } from '../testing/database'
import { addDataset, type DatasetScene, definitionOver, makeDatasetScene } from '../testing/dataset-scene'
import { getDssDataset, saveDssDataset } from './dss/dss-datasets'
import { computeMetrics } from './metrics/metrics-compute'
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
  [
    'swapped-and-once-more',
    [
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'a'],
    ],
    '2,1,1',
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
    const computed = await computeMetrics(scene.mira, ref, metricsRequest.parse({}), () => undefined)
    const counted = computed.values.map(({ metric, value }) => [metric, value])
    expect(Object.fromEntries(counted)).toMatchObject({
      'basic:COUNT_COLUMNS': names.length,
      'records:COUNT_RECORDS': 1,
    })
    // What no column of the schema is read from is outside, whatever the columns are called.
    const sources = new Set<string>(renames.map(([, source]) => source))
    const outside = ['a', 'b', 'c'].filter((column) => !sources.has(column))
    expect(computed.outside.columns.map(({ name }) => name)).toEqual(outside)
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

test('metrics tell of columns in any script that the schema does not hold', async () => {
  const ref = await addCsv('beyond', `id,${NAMES.join(',')}\n1,${NAMES.join(',')}\n`, [{ name: 'id' }])
  const { outside } = await computeMetrics(scene.mira, ref, metricsRequest.parse({}), () => undefined)
  expect(outside.columns.map(({ name }) => name).sort()).toEqual(NAMES.toSorted())
})

test('projects, groups and keys are named in any script', async () => {
  const fields = { description: '', expiresAt: null }
  for (const [place, name] of NAMES.entries()) {
    const key = `SCRIPT${place}`
    await createProject(scene.mira, { key, name, description: name })
    expect(await getProject(scene.mira, key)).toMatchObject({ name, description: name })
    await createGlobalKey(scene.admin, { ...fields, groupIds: [], admin: false, label: name })
    await createPersonalKey(scene.mira, { ...fields, label: name })
    await createProjectKey(scene.admin, key, { ...fields, groupIds: [], level: 'read', label: name })
    expect((await listProjectKeys(scene.admin, key)).keys.map(({ label }) => label)).toEqual([name])
    await createDssGroup(scene.admin, { name, description: name })
    expect(await getDssGroup(scene.admin, name)).toMatchObject({ name, description: name })
  }
  const labelsOf = ({ keys }: { keys: { label: string }[] }) => keys.map(({ label }) => label)
  expect(labelsOf(await listGlobalKeys(scene.admin))).toEqual(NAMES.toReversed())
  expect(labelsOf(await listOwnKeys(scene.mira))).toEqual(NAMES.toReversed())
  const { groups } = await listGroups(scene.admin)
  expect(groups.map(({ name }) => name)).toEqual(expect.arrayContaining(NAMES))
})
