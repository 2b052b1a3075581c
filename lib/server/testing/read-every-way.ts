import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { formatSchema } from '#lib/domain/formats/catalogue'
import { openConnection } from '../connections/store-target'
import { previewFiles } from '../datasets/detection/preview'
import { createRecordCounter } from '../datasets/metrics/metrics-records'
import { readSample } from '../datasets/sampling/read-sample'
import { finishStreaming } from '../datasets/streaming/read-sessions'
import { streamRecords } from '../datasets/streaming/stream-records'
import { database } from '../platform/db/client'
import { issuePermit } from '../platform/permit'
import { addDataset, type DatasetScene, definitionOver, LAKE } from './dataset-scene'
import { NEVER } from './read-bytes'

interface Read {
  records: unknown[] | number
  /** Why it failed. */
  failure: string | null
  problems: unknown[]
}

async function tellFailure(work: () => Promise<Read>): Promise<Read> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { records: [], failure: error.details.reason ?? error.kind, problems: [] }
  }
}

/** What is told of an empty sample in another place. */
const EXPLAINS = new Set(['no-record', 'other-charset'])

const reasonsOf = (problems: readonly { reason: string; record?: number | undefined }[]) =>
  [
    ...new Set(
      problems
        .filter(({ reason }) => !EXPLAINS.has(reason))
        .map(({ reason, record }) => `${reason} ${record ?? ''}`),
    ),
  ].sort()

const valuesOf = (columns: string[], cells: (string | null)[], absent: number[] = []) =>
  Object.fromEntries(
    columns.flatMap((column, place) =>
      absent.includes(place) || place >= cells.length ? [] : [[column, cells[place] ?? null] as const],
    ),
  )

/** The rows of a table whose cells are separated by tabs and quoted as Excel quotes them. */
function readTsv(printed: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, bare = '', end] of printed.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n\r]*))(\t|\r?\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare)
    if (end === '\t') continue
    rows.push(row)
    row = []
  }
  return rows
}

let number = 0

/**
 * Makes a dataset of one file, and reads that in every way there is: as its preview shows it, as a sample, as streams of JSON
 * and of TSV give it, and as it is counted. What is wrong with the file is told; anything thrown but a `Failure` is thrown on.
 */
export async function readEveryWay(
  scene: DatasetScene,
  body: Buffer,
  format: object,
  unreadableFiles: 'fail' | 'warn',
) {
  const { mira } = scene
  const folder = `f${number++}`
  await scene.put(`${folder}/a.txt`, body)
  const { type: formatType, params: formatParams } = formatSchema.parse(format)
  const draft = definitionOver(`/${folder}/`, {
    formatType,
    formatParams,
    unreadableFiles,
  } as Partial<DatasetDefinition>)
  const preview = await previewFiles(mira, { definition: draft, file: '/a.txt', records: 1_000 })
  const found = preview.columns.length > 0 ? preview.columns : [{ name: 'none', type: 'string' }]
  const columns = found.map(({ name }) => name)
  const definition = { ...draft, schema: { columns: found, userModified: false } } as DatasetDefinition
  const ref = await addDataset(mira, folder, definition)
  const sample = await tellFailure(async () => {
    const { rows, problems } = await readSample(mira, ref, { records: 10_000 })
    const records = rows.map(({ cells, absent, unparsed }) =>
      unparsed === undefined ? valuesOf(columns, cells, absent) : 'unparsed',
    )
    return { records, failure: null, problems: reasonsOf(problems) }
  })
  const stream = await tellFailure(async () => {
    let printed = ''
    const request = { partitions: [], format: 'json', sessionId: folder } as const
    for await (const chunk of await streamRecords(mira, ref, request)) printed += chunk
    const finished = await finishStreaming(mira, ref, folder)
    const records = printed
      .split('\n')
      .slice(0, -1)
      .map((line): unknown => JSON.parse(line))
    return { records, failure: null, problems: [finished.unreadFiles, finished.faults] }
  })
  const table = await tellFailure(async () => {
    let printed = ''
    const request = { partitions: [], format: 'tsv-excel-noheader', sessionId: `${folder}t` } as const
    for await (const chunk of await streamRecords(mira, ref, request)) printed += chunk
    await finishStreaming(mira, ref, `${folder}t`)
    return { records: readTsv(printed), failure: null, problems: [] }
  })
  const connection = await database().connection.findFirstOrThrow({ where: { name: LAKE } })
  const store = openConnection(issuePermit({ actor: 'user:1', action: 'test', signal: NEVER }), connection)
  const count = await tellFailure(async () => {
    const { records, isWhole } = await createRecordCounter(store, definition, NEVER)('/a.txt')
    return { records, failure: null, problems: [isWhole] }
  })
  const previewed = {
    records: preview.rows.map(({ cells, absent, unparsed }) =>
      unparsed === undefined ? valuesOf(columns, cells, absent) : 'unparsed',
    ),
    problems: reasonsOf(preview.problems),
    truncatedBy: preview.truncatedBy,
  }
  return { columns, previewed, sample, stream, table, count }
}
