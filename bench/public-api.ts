import { setTimeout as sleep } from 'node:timers/promises'
import { newDefinition } from '#lib/domain/datasets/definition'
import { csvParamsSchema } from '#lib/domain/formats/csv-params'
import { jsonParamsSchema } from '#lib/domain/formats/json-params'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { readRecords } from '#lib/server/reader/read-records'
import { type Launchpad, startLaunchpad } from '../e2e/support/launchpad'
import { DEBUGGER_ON_ANY_PORT } from '../e2e/support/web-heap'
import { residentBytesOfWeb } from '../e2e/support/web-memory'
import { addConnection, apiOf } from './api'
import { askAtOnce } from './ask-at-once'
import { median, megabytes, ms, percentile, time } from './measure'
import { openLoopback } from './open-loopback'
import { readBySocket } from './read-by-socket'
import type { Row } from './row'
import { measureStalledReaders } from './stalled-readers'
import { type LoopbackProcess, startObjectStore, startSyntheticStore } from './synthetic-process'

const ROUNDS = 3
const MINIMUM_RATIO = 0.5
/** Hours of five node types, a partition each. */
const HOURS = 2_000
const PARTITIONS = HOURS * 5
const KEYS = PARTITIONS * 20
const MAXIMUM_PARTITIONS_MS = 200
const CLIENTS = 10
const MAXIMUM_WEB_MB = 400
const SAMPLE_EVERY_MS = 50
const CREDENTIALS = { accessKeyId: 'BENCH', secretAccessKey: 'bench' }
const PACKED = Array.from({ length: 24 }, (_, n) => `/packed/${String(n).padStart(2, '0')}.ndjson.gz`)

type Api = ReturnType<typeof apiOf>

/** What scripts do: records by the data API beside the bare reader, partition ids, many requests, many streams. */
export async function run(): Promise<Row[]> {
  const [objects, keys] = [await startObjectStore(), await startSyntheticStore(KEYS)]
  const hosts = [objects, keys].map(({ endpoint }) => new URL(endpoint).host)
  const launchpad = await startLaunchpad({
    command: ['demo', '--empty'],
    env: { LAUNCHPAD_ALLOWED_ENDPOINTS: hosts.join(','), ...DEBUGGER_ON_ANY_PORT },
  })
  try {
    const api = apiOf(launchpad)
    await api('POST', '/api/projects', { key: 'BENCH', name: 'Bench' })
    await addConnection(api, { ...objects, name: 'objects', ...CREDENTIALS })
    await addConnection(api, { ...keys, name: 'keys', ...CREDENTIALS })
    return [
      await compareReading(launchpad, api, objects),
      await listIds(api),
      await askAtOnce(launchpad, '/dip/publicapi/projects/BENCH/datasets/'),
      await streamAtOnce(launchpad, api, 'large', ['/0.log']),
      await streamAtOnce(launchpad, api, 'two', ['/0.log', '/1.log']),
      await streamTablesAtOnce(launchpad, api),
      ...(await measureWide(launchpad, api)),
    ]
  } finally {
    await launchpad.stop()
    objects.stop()
    keys.stop()
  }
}

/** Makes a dataset of one record per line. */
async function addDataset(api: Api, name: string, change: object): Promise<string> {
  const { params, ...base } = newDefinition()
  const { params: own = {}, ...rest } = change as { params?: object }
  await api('POST', '/dip/publicapi/projects/BENCH/datasets/', {
    ...base,
    ...rest,
    name,
    projectKey: 'BENCH',
    params: { ...params, ...own },
  })
  return `/dip/publicapi/projects/BENCH/datasets/${name}`
}

/** Reads a stream to its end and gives its bytes. */
async function drain(launchpad: Launchpad, path: string): Promise<number> {
  const { apiKey } = launchpad.demo().admin
  const response = await fetch(`${launchpad.url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } })
  if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}`)
  let bytes = 0
  for await (const chunk of response.body) bytes += chunk.length
  return bytes
}

async function compareReading(launchpad: Launchpad, api: Api, objects: LoopbackProcess): Promise<Row> {
  const path = await addDataset(api, 'packed', { params: { connection: 'objects', path: '/packed/' } })
  const store = openLoopback(objects)
  const readBare = async () => {
    for (const file of PACKED) {
      const reading = readRecords({ store, path: file }, DEFAULT_LINE_FORMAT, {}, store.permit.signal)
      for await (const batch of reading) for (let n = 0; n < batch.count; n++) batch.cells(n)
    }
  }
  const data = `${path}/data/?format=tsv-excel-noheader`
  let bytes = 0
  const fetchData = async () => {
    bytes = await drain(launchpad, data)
  }
  const readData = () => readBySocket(new URL(data, launchpad.url), launchpad.demo().admin.apiKey)
  const [fetched, ours, bare]: [number[], number[], number[]] = [[], [], []]
  // In turns, so that what the machine does besides falls on all.
  for (let round = 0; round < ROUNDS; round++) {
    fetched.push(...(await time(1, fetchData)))
    ours.push(...(await time(1, readData)))
    bare.push(...(await time(1, readBare)))
  }
  const sorted = (values: number[]) => median(values.toSorted((a, b) => a - b))
  const [figure, reference] = [sorted(ours), sorted(bare)]
  const speed = (tookMs: number) => `${Math.round(bytes / 1e3 / tookMs)} MB/s`
  const ratio = reference / figure
  return {
    what: `records of ${PACKED.length} gz objects by the data API, ${megabytes(bytes)} of TSV`,
    figure: `${speed(figure)} (${speed(sorted(fetched))} to a reader by fetch on the same cores)`,
    reference: `${speed(reference)} the bare reader`,
    ratio,
    target: `≥ ${MINIMUM_RATIO} ×`,
    ok: ratio >= MINIMUM_RATIO,
  }
}

async function listIds(api: Api): Promise<Row> {
  const path = await addDataset(api, 'hourly', {
    params: { connection: 'keys', path: '/' },
    partitioning: {
      dimensions: [
        { name: 'node_type', type: 'value' },
        { name: 'hour', type: 'time', params: { period: 'HOUR' } },
      ],
      filePathPattern: '/%{node_type}/%Y/%M/%D/%H/.*',
    },
  })
  const list = () => api<string[]>('GET', `${path}/partitions`)
  const ids = await list()
  if (ids.length !== PARTITIONS) throw new Error(`${ids.length} partitions were listed`)
  const took = await time(20, list)
  return {
    what: `list_partitions of a listed dataset with ${PARTITIONS} partitions, median of 20`,
    figure: `${ms(median(took))} (p95 ${ms(percentile(took, 0.95))})`,
    reference: '–',
    ratio: null,
    target: `≤ ${MAXIMUM_PARTITIONS_MS} ms`,
    ok: median(took) <= MAXIMUM_PARTITIONS_MS,
  }
}

/** Readers who take nothing of records that are far larger than what is sent at once. */
async function measureWide(launchpad: Launchpad, api: Api): Promise<Row[]> {
  const rows: Row[] = []
  for (const [of, name, change] of [...WIDE, ...PACKED_WIDELY]) {
    const path = await addDataset(api, name, {
      ...change,
      params: { connection: 'objects', path: `/${name}/` },
    })
    rows.push(await measureStalledReaders(launchpad, api, { of, path: `${path}/data/` }))
  }
  return rows
}

const schema = { columns: ['n', 'text'].map((name) => ({ name, type: 'string' })), userModified: false }
const WIDE: readonly (readonly [string, string, object])[] = [
  ['lines of 7 MiB', 'wide', {}],
  [
    'rows of CSV of 7 MiB',
    'wide_csv',
    { formatType: 'csv', formatParams: csvParamsSchema.parse({}), schema },
  ],
  [
    'values of JSON of 7 MiB',
    'wide_json',
    { formatType: 'json', formatParams: jsonParamsSchema.parse({}), schema },
  ],
]

const tables = {
  formatType: 'parquet',
  formatParams: {},
  schema: {
    columns: ['id', 'at', 'user', 'call', 'message'].map((name) => ({ name, type: 'string' })),
    userModified: false,
  },
}
/** What takes megabytes to be unpacked, of records of any size. */
const PACKED_WIDELY: typeof WIDE = [
  ['bzip2 with blocks of 900 kB', 'wide_bzip2', {}],
  ['zstd with a window of 8 MiB', 'wide_zstd', {}],
  ['Parquet with row groups of 122,880 rows', 'tables', tables],
]

async function streamAtOnce(
  launchpad: Launchpad,
  api: Api,
  name: string,
  explicitFiles: string[],
): Promise<Row> {
  const mode = 'EXPLICIT_SELECT_FILES'
  const filesSelectionRules = { mode, includeRules: [], excludeRules: [], explicitFiles }
  const path = await addDataset(api, name, {
    params: { connection: 'objects', path: `/${name}/`, filesSelectionRules },
  })
  const of = explicitFiles.length === 1 ? '1 GB of one file' : `1 GB of ${explicitFiles.length} files`
  return await watchStreams(launchpad, path, of)
}

async function streamTablesAtOnce(launchpad: Launchpad, api: Api): Promise<Row> {
  const params = { connection: 'objects', path: '/tables/' }
  const path = await addDataset(api, 'parquet', { ...tables, params })
  return await watchStreams(launchpad, path, 'a Parquet file of 100 MB')
}

async function watchStreams(launchpad: Launchpad, path: string, of: string): Promise<Row> {
  const streams = Promise.all(Array.from({ length: CLIENTS }, () => drain(launchpad, `${path}/data/`)))
  let isOver = false
  const over = streams.finally(() => {
    isOver = true
  })
  let peakBytes = 0
  while (!isOver) {
    peakBytes = Math.max(peakBytes, residentBytesOfWeb(launchpad.home))
    await Promise.race([sleep(SAMPLE_EVERY_MS), over])
  }
  const bytes = (await over).reduce((sum, one) => sum + one, 0)
  return {
    what: `resident memory of web while ${CLIENTS} clients stream ${of} each, ${megabytes(bytes)} in all`,
    figure: megabytes(peakBytes),
    reference: '–',
    ratio: null,
    target: `≤ ${MAXIMUM_WEB_MB} MB`,
    ok: peakBytes / 1e6 <= MAXIMUM_WEB_MB,
  }
}
