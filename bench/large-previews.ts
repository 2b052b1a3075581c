import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import { firstParams } from '#lib/domain/datasets/wizard-format'
import type { Preview } from '#lib/domain/formats/wire'
import { startLaunchpad } from '../e2e/support/launchpad'
import { residentBytesOfWeb } from '../e2e/support/web-memory'
import { addConnection, apiOf } from './api'
import { median, megabytes, ms } from './measure'
import type { Row } from './row'
import { type LoopbackProcess, startObjectStore } from './synthetic-process'

const AT_ONCE = 20
const PREVIEWS = 400
const RECORDS = 1_000
const MAXIMUM_WEB_MB = 400
const SAMPLE_EVERY_MS = 50

/** How each kind of the large objects is read. */
const KINDS: Record<string, { type: string; params: Record<string, unknown> }> = {
  csv: { type: 'csv', params: { separator: ',', parseHeaderRow: true } },
  json: { type: 'json', params: {} },
  log: { type: 'line', params: {} },
  'ndjson.gz': { type: 'line', params: { expandJson: true } },
  zip: { type: 'line', params: { expandJson: true } },
  parquet: { type: 'parquet', params: {} },
}

/** Resident memory of web while 20 previews of objects of 1 GB run at any time. */
export async function run(): Promise<Row[]> {
  const store = await startObjectStore()
  try {
    return await measure(store)
  } finally {
    store.stop()
  }
}

async function measure(store: LoopbackProcess): Promise<Row[]> {
  const launchpad = await startLaunchpad({
    command: ['demo', '--empty'],
    env: { LAUNCHPAD_ALLOWED_ENDPOINTS: new URL(store.endpoint).host },
  })
  try {
    const api = apiOf(launchpad)
    await addConnection(api, { ...store, name: 'large', accessKeyId: 'BENCH', secretAccessKey: 'bench' })
    const preview = async (index: number) => {
      const { file, definition } = requestOf(index)
      const { records } = await api<Preview>('POST', '/api/files/preview', {
        definition,
        file,
        records: RECORDS,
      })
      if (records !== RECORDS) throw new Error(`the preview of ${file} has ${records} records`)
    }
    for (let index = 0; index < Object.keys(KINDS).length; index++) {
      // The store makes what is asked for first, which takes seconds.
      await fetch(`${store.endpoint}/${store.bucket}/large${requestOf(index).file}`, { method: 'HEAD' })
      await preview(index)
    }
    const before = residentBytesOfWeb(launchpad.home)
    const { peakBytes, took } = await sampleMeanwhile(launchpad.home, () => runAtOnce(preview))
    return [
      {
        what: `resident memory of web while ${AT_ONCE} previews of 1 GB objects run, ${PREVIEWS} in all (CSV, JSON, lines, gz, zip, Parquet)`,
        figure: `${megabytes(peakBytes)} (before ${megabytes(before)}; a preview ${ms(median(took))})`,
        reference: '–',
        ratio: null,
        target: `≤ ${MAXIMUM_WEB_MB} MB`,
        ok: peakBytes / 1e6 <= MAXIMUM_WEB_MB,
      },
    ]
  } finally {
    await launchpad.stop()
  }
}

function requestOf(index: number): { file: string; definition: DatasetDefinition } {
  const kinds = Object.entries(KINDS)
  const [suffix, { type, params }] = kinds[index % kinds.length] ?? ['', { type: '', params: {} }]
  const definition = newDefinition()
  definition.params = { ...definition.params, connection: 'large', path: '/large/' }
  definition.formatType = type
  definition.formatParams = { ...firstParams(type, {}), ...params }
  return { file: `/${Math.floor(index / kinds.length) % 5}.${suffix}`, definition }
}

/** Keeps so many previews running until all were asked for; gives their durations, sorted. */
async function runAtOnce(preview: (index: number) => Promise<void>): Promise<number[]> {
  const took: number[] = []
  let next = 0
  const ask = async () => {
    while (next < PREVIEWS) {
      const startedAt = performance.now()
      await preview(next++)
      took.push(performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
  return took.sort((a, b) => a - b)
}

async function sampleMeanwhile(home: string, work: () => Promise<number[]>) {
  let peakBytes = residentBytesOfWeb(home)
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytesOfWeb(home))
  }, SAMPLE_EVERY_MS)
  try {
    const took = await work()
    return { peakBytes: Math.max(peakBytes, residentBytesOfWeb(home)), took }
  } finally {
    clearInterval(timer)
  }
}
