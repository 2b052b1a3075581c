import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { auditPreset, type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import { wantedOf } from '#lib/domain/partitioning/pattern/prefix-plan'
import { parseRangeSpecification } from '#lib/domain/partitioning/range/range-parser'
import { countPartitions, createCounter, readPattern } from '#lib/server/datasets/listing/list-partitions'
import { scanFiles } from '#lib/server/datasets/listing/scan-files'
import { findPrefixes } from '#lib/server/datasets/listing/walk-folders'
import { median, megabytes, ms, peakMemory, seconds, time } from './measure'
import { openLoopback } from './open-loopback'
import type { Row } from './row'
import { type SyntheticStore, startSyntheticStore } from './synthetic-process'

const MINIMUM_SPEED_UP = 4
const MAXIMUM_RSS_MB = 300
const MAXIMUM_WEEK_RATIO = 1.5
const WEEK = 'design|2026-03-02/2026-03-08'
const NOW = Date.UTC(2026, 10, 22)

/** Listing 1,000,000 keys into partitions, and those of one node type and week, beside the SDK's own listing. */
export async function run(): Promise<Row[]> {
  const store = await startSyntheticStore()
  try {
    const definition = { ...newDefinition(), ...auditPreset('dku-audit-log') }
    definition.params = { ...definition.params, path: '/' }
    const opened = openLoopback(store)
    return [...(await listAll(store, definition, opened)), await listWeek(definition, opened)]
  } finally {
    store.stop()
  }
}

type Opened = ReturnType<typeof openLoopback>

async function listAll(store: SyntheticStore, definition: DatasetDefinition, opened: Opened): Promise<Row[]> {
  const pattern = readPattern(definition)
  let partitions = 0
  const list = async () => {
    const counter = createCounter(pattern)
    for await (const _ of countPartitions(opened, definition, counter, { scope: 'matching' })) void _
    if (counter.ledger.matched !== store.keys)
      throw new Error(`${counter.ledger.matched} of ${store.keys} keys matched`)
    partitions = counter.ledger.partitions.size
  }
  let tookMs = 0
  const rss = await peakMemory(async () => {
    tookMs = median(await time(3, list))
  })
  const referenceMs = await sdkListing(store, '')
  return [
    {
      what: `list 1,000,000 keys into ${partitions} partitions with counts, bytes, first and last change`,
      figure: seconds(tookMs),
      reference: `${seconds(referenceMs)} SDK ListObjectsV2 in sequence`,
      ratio: tookMs / referenceMs,
      target: `≥ ${MINIMUM_SPEED_UP} × faster`,
      ok: referenceMs / tookMs >= MINIMUM_SPEED_UP,
    },
    {
      what: 'resident memory of the bench process meanwhile',
      figure: megabytes(rss),
      reference: '–',
      ratio: null,
      target: `≤ ${MAXIMUM_RSS_MB} MB`,
      ok: rss / 1e6 <= MAXIMUM_RSS_MB,
    },
  ]
}

async function listWeek(definition: DatasetDefinition, opened: Opened): Promise<Row> {
  const pattern = readPattern(definition)
  const specification = pattern && parseRangeSpecification(WEEK, pattern.dimensions)
  if (!pattern || !specification?.ok) throw new Error('the pattern is not valid')
  const wanted = wantedOf(specification.value, pattern.dimensions, NOW)
  let listed = 0
  let matched = 0
  const list = async () => {
    const counter = createCounter(pattern)
    listed = 0
    const below = await findPrefixes(opened, definition, pattern, wanted)
    for await (const batch of scanFiles(opened, definition, { below })) {
      listed += batch.length
      counter.add(batch)
    }
    matched = counter.ledger.matched
  }
  const figure = median(await time(15, list))
  const prefixes = Array.from(
    { length: 7 },
    (_, day) => `design/2026/03/${String(2 + day).padStart(2, '0')}/`,
  )
  const byPrefix = async () => {
    for (const prefix of prefixes)
      for await (const _ of opened.listAll({ prefixPaths: [`/${prefix}`], concurrency: 1 })) void _
  }
  const reference = median(await time(15, byPrefix))
  return {
    what: `partitions of one node type and one week of 1,000,000 keys (${matched} matched of ${listed} listed)`,
    figure: ms(figure),
    reference: `${ms(reference)} the same listing by its literal prefixes`,
    ratio: figure / reference,
    target: `≤ ${MAXIMUM_WEEK_RATIO} ×, no prefix listed that cannot match`,
    ok: figure / reference <= MAXIMUM_WEEK_RATIO && listed === matched,
  }
}

/** How long the SDK takes to list a prefix, page after page. */
async function sdkListing({ endpoint, bucket }: SyntheticStore, prefix: string): Promise<number> {
  const credentials = { accessKeyId: 'BENCH', secretAccessKey: 'bench' }
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  const startedAt = performance.now()
  let token: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    )
    token = page.NextContinuationToken
  } while (token)
  client.destroy()
  return performance.now() - startedAt
}
