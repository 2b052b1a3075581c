import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { countRecords } from '#lib/server/reader/count-records'
import { median, megabytes, peakMemory, time } from './measure'
import { openLoopback } from './open-loopback'
import type { Row } from './row'
import { type LoopbackProcess, startObjectStore } from './synthetic-process'

const FILES = 24
const ROUNDS = 5
const MINIMUM_RATIO = 0.6
const MAXIMUM_RSS_MB = 200
const LINE_END = 10
/** One object of more than 3 GB unpacked. */
const HUGE = '/huge/0.ndjson.gz'

/** Reading and counting the records of gz objects over S3, beside gunzip and counting line ends of the same local files. */
export async function run(): Promise<Row[]> {
  const store = await startObjectStore()
  try {
    const objects = Array.from({ length: FILES }, (_, n) => `/packed/${String(n).padStart(2, '0')}.ndjson.gz`)
    // Before anything of the reference, whose memory is not ours.
    const memory = await measureMemory(store, objects)
    return [await compareSpeed(store, objects), ...memory]
  } finally {
    store.stop()
  }
}

async function measureMemory(store: LoopbackProcess, objects: string[]): Promise<Row[]> {
  const rss = await peakMemory(() => countOverS3(store, objects))
  let bytes = 0
  const hugeRss = await peakMemory(async () => {
    bytes = (await countOverS3(store, [HUGE])).bytes
  })
  return [
    memoryRow('resident memory of the bench process meanwhile', rss),
    memoryRow(`resident memory while one object of ${megabytes(bytes)} unpacked is counted`, hugeRss),
  ]
}

async function compareSpeed(store: LoopbackProcess, objects: string[]): Promise<Row> {
  const folder = mkdtempSync(path.join(tmpdir(), 'launchpad-bench-'))
  try {
    const files: string[] = []
    for (const object of objects) files.push(await download(store, object, folder))
    return await compare(store, objects, files)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function download({ endpoint, bucket }: LoopbackProcess, object: string, folder: string) {
  const file = path.join(folder, path.basename(object))
  const response = await fetch(`${endpoint}/${bucket}${object}`)
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  return file
}

interface Count {
  records: number
  bytes: number
}

async function compare(store: LoopbackProcess, objects: string[], files: string[]): Promise<Row> {
  const expected = await countLocal(files)
  const check = ({ records, bytes }: Count) => {
    if (records !== expected.records || bytes !== expected.bytes)
      throw new Error(`${records} records were counted, not ${expected.records}`)
  }
  const ours: number[] = []
  const local: number[] = []
  // In turns, so that what the machine does besides falls on both.
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(...(await time(1, async () => check(await countOverS3(store, objects)))))
    local.push(...(await time(1, async () => check(await countLocal(files)))))
  }
  const packed = files.reduce((sum, file) => sum + statSync(file).size, 0)
  const { bytes } = expected
  const speed = (tookMs: number) => `${Math.round(bytes / 1e3 / tookMs)} MB/s`
  const sorted = (values: number[]) => median(values.toSorted((a, b) => a - b))
  const ratio = sorted(ours.map((tookMs, round) => (local[round] ?? Number.NaN) / tookMs))
  return {
    what: `read and count records of ${FILES} gz objects over S3, ${megabytes(packed)} packed, ${megabytes(bytes)} unpacked`,
    figure: speed(sorted(ours)),
    reference: `${speed(sorted(local))} gunzip and count in Node from local files, one after another`,
    ratio,
    target: `≥ ${MINIMUM_RATIO} ×`,
    ok: ratio >= MINIMUM_RATIO,
  }
}

const memoryRow = (what: string, bytes: number): Row => ({
  what,
  figure: megabytes(bytes),
  reference: '–',
  ratio: null,
  target: `≤ ${MAXIMUM_RSS_MB} MB`,
  ok: bytes / 1e6 <= MAXIMUM_RSS_MB,
})

async function countOverS3(store: LoopbackProcess, objects: string[]): Promise<Count> {
  const counted = { records: 0, bytes: 0 }
  const counts = countRecords({ store: openLoopback(store), paths: objects, format: DEFAULT_LINE_FORMAT })
  for await (const { records, bytesOut } of counts) {
    counted.records += records
    counted.bytes += bytesOut
  }
  return counted
}

/** As one writes it by hand: one file after another, line ends counted in what comes out. */
async function countLocal(files: string[]): Promise<Count> {
  const counted = { records: 0, bytes: 0 }
  for (const file of files) {
    const unpacked = createReadStream(file).pipe(createGunzip({ chunkSize: 64 * 1024 }))
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      counted.bytes += chunk.length
      for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) counted.records++
    }
  }
  return counted
}
