import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { ListingScope } from '#lib/domain/datasets/files-wire'
import type { PartitionsReport, PartitionsRequest } from '#lib/domain/datasets/partitions-wire'
import { Failure } from '#lib/domain/errors'
import {
  createLedger,
  type Ledger,
  recordExcluded,
  recordMatched,
  recordPassed,
  recordUnmatched,
} from '#lib/domain/partitioning/ledger'
import { toLedgerWire } from '#lib/domain/partitioning/ledger-wire'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import { compileMatcher, type PathMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { type PathPattern, parsePartitioning } from '#lib/domain/partitioning/pattern/path-pattern'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import type { ConnectionRow } from '../../connections/load-connection'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { connectionFilesKind } from '../connection-files-kind'
import { type DatasetRef, datasetKind, definitionOf } from '../dataset-kind'
import { holdDataset, type KeepWhile, keepAnyway } from '../hold-dataset'
import { explainEmpty } from './explain-empty'
import { keepListing } from './listings'
import { rootOf, type ScannedObject, type ScanOptions, scanFiles } from './scan-files'
import { scanMatching } from './scan-matching'

/** Told as the listing goes on; the ledger is live and must not be kept. */
export type OnListed = (ledger: Ledger) => Promise<void> | void

/** Lists the partitions of settings that are not saved. */
export function listPartitions(
  ctx: Context,
  request: PartitionsRequest,
  onListed: OnListed,
): Promise<PartitionsReport> {
  const { definition, scanBudget, scope = 'matching' } = request
  const { connection: name, path } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    'detect-partitioning',
    { name },
    { details: { path, pattern: definition.partitioning.filePathPattern ?? '' } },
    async ({ row }) => row,
    (permit, connection) => {
      const store = openConnection(permit, connection, definition.params.bucket ?? undefined)
      return list(store, connection, definition, { scanBudget, scope, onListed })
    },
  )
}

/** Lists the partitions of a dataset under its own rules of reading, and keeps the result with it; `keepWhile` is told for what else is kept. */
export async function listDatasetPartitions(
  ctx: Context,
  ref: DatasetRef,
  onListed: OnListed,
  scope: ListingScope = 'matching',
  keepWhile: KeepWhile = keepAnyway,
): Promise<PartitionsReport> {
  return withPermit(
    ctx,
    datasetKind,
    'list-partitions',
    ref,
    {},
    async ({ row }) => row,
    async (permit, row) => {
      keepWhile((tx) => holdDataset(tx, row))
      const definition = definitionOf(row)
      const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
      const report = await list(store, row.connection, definition, { scope, onListed })
      await keepListing(row, report)
      return report
    },
  )
}

interface ListOptions {
  scanBudget?: number | undefined
  scope: ListingScope
  onListed: OnListed
}

async function list(
  store: ObjectStore,
  connection: ConnectionRow,
  definition: DatasetDefinition,
  { scanBudget, scope, onListed }: ListOptions,
): Promise<PartitionsReport> {
  const listedAt = now().toISOString()
  const count = createCounter(readPattern(definition))
  let complete = true
  const onCut = () => {
    complete = false
  }
  const options = scanBudget === undefined ? {} : { budget: { objects: scanBudget, onCut } }
  for await (const ledger of countPartitions(store, definition, count, { ...options, scope }))
    await onListed(ledger)
  const isEmpty = count.ledger.listed === 0 && count.ledger.passed.count === 0
  return {
    listedAt,
    complete,
    ledger: toLedgerWire(count.ledger),
    emptyBecause: isEmpty ? await explainEmpty(store, connection, rootOf(definition), now()) : null,
  }
}

type Counter = ReturnType<typeof createCounter>

interface CountOptions extends Pick<ScanOptions, 'budget' | 'onRequest'> {
  scope: ListingScope
}

/** Lists objects into a ledger, and gives it after each batch. Folders that are not looked into are told in it. */
export async function* countPartitions(
  store: ObjectStore,
  definition: DatasetDefinition,
  { ledger, add, pattern }: Counter,
  { scope, ...options }: CountOptions,
): AsyncGenerator<Ledger> {
  const scan =
    pattern === null || scope === 'everything'
      ? scanFiles(store, definition, options)
      : scanMatching(store, definition, pattern, {
          ...options,
          onPassed: (folder) => recordPassed(ledger, folder),
          onMore: () => {
            ledger.passed.more = true
          },
        })
  for await (const batch of scan) {
    add(batch)
    yield ledger
  }
}

/** Which folders List partitions looks into; undefined for all. A pattern that cannot be read is told by the listing. */
export function folderFilterOf(
  { partitioning }: DatasetDefinition,
  scope: ListingScope = 'matching',
): ((folder: string) => boolean) | undefined {
  const parsed = parsePartitioning(partitioning)
  if (scope === 'everything' || !parsed.ok || parsed.value === null) return undefined
  return createFolderFilter(parsed.value, 'all')
}

/** @throws Failure `validation_failed` (ERR_DATASET_INVALID_PARTITIONING_CONFIG) */
export function readPattern(definition: DatasetDefinition): PathPattern | null {
  const parsed = parsePartitioning(definition.partitioning)
  if (parsed.ok) return parsed.value
  throw new Failure('validation_failed', parsed.issues[0]?.message ?? 'The partitioning is not valid.', {
    reason: 'ERR_DATASET_INVALID_PARTITIONING_CONFIG',
    where: 'Pattern',
    issues: parsed.issues,
  })
}

/** Counts objects into partitions; without a pattern all files are one partition, `NP`. */
export function createCounter(pattern: PathPattern | null) {
  const ledger = createLedger()
  const matcher = pattern && compileMatcher(pattern)
  const add = (batch: readonly ScannedObject[]) => {
    for (const object of batch) addObject(ledger, matcher, object)
  }
  return { ledger, add, pattern }
}

function addObject(ledger: Ledger, matcher: PathMatcher | null, object: ScannedObject): void {
  const { path, sizeBytes, modifiedAtMs: changedAt, exclusion } = object
  if (exclusion) {
    recordExcluded(ledger, exclusion)
    return
  }
  const match = matcher ? matcher.match(path) : WHOLE_DATASET
  if (match.ok) recordMatched(ledger, match.id, { path, sizeBytes, changedAt })
  else recordUnmatched(ledger, match, object)
}

/** Where every file goes when there is no pattern. */
const WHOLE_DATASET = { ok: true, id: NOT_PARTITIONED } as const
