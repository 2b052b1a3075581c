import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { PartitionFiles, PartitionFilesRequest } from '#lib/domain/datasets/partitions-wire'
import { Failure } from '#lib/domain/errors'
import { NOT_PARTITIONED, parsePartitionId } from '#lib/domain/partitioning/partition-id'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { wantedOf } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { type DatasetRef, datasetKind, definitionOf } from '../dataset-kind'
import { readPattern } from './list-partitions'
import { connectionPathOf, openBelow, rootOf, type ScannedObject, selectorOf, toScanned } from './scan-files'
import { findPrefixes } from './walk-folders'

const DEADLINE_MS = 10_000
const FILES = 200
const KEYS = 1_000
/** Listing calls of one page, when most of what lies there belongs to other partitions. */
const MAX_CALLS = 20

/** The files of one partition, a page at a time; only the prefixes it can be in are listed. */
export function listPartitionFiles(
  ctx: Context,
  ref: DatasetRef,
  { partition, after }: PartitionFilesRequest,
): Promise<PartitionFiles> {
  return withPermit(
    ctx,
    datasetKind,
    'list-files',
    ref,
    { deadlineMs: DEADLINE_MS, details: { partitions: partition } },
    async ({ row }) => row,
    async (permit, row) => {
      const definition = definitionOf(row)
      const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
      const pattern = readPattern(definition)
      checkId(partition, pattern)
      const planned = await prefixesOf(store, definition, pattern, partition)
      const prefixes = planned.flatMap((prefix) => openBelow(store, definition, prefix))
      const belongs = createTest(pattern, partition)
      return readPage(store, definition, prefixes, belongs, readCursor(after, prefixes))
    },
  )
}

function checkId(partition: string, pattern: PathPattern | null): void {
  const parsed = parsePartitionId(partition, pattern?.dimensions ?? [])
  if (parsed.ok && (parsed.value.kind === 'partition' || (pattern === null && partition === NOT_PARTITIONED)))
    return
  const message = parsed.ok ? `${partition} is not one partition.` : parsed.issues[0]?.message
  throw new Failure('validation_failed', message ?? 'This is no partition of the dataset.', {
    reason: 'invalid-partition',
    where: partition,
  })
}

async function prefixesOf(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern | null,
  partition: string,
): Promise<string[]> {
  if (!pattern) return ['/']
  const specification = { text: partition, items: [{ kind: 'exact' as const, source: partition }] }
  const wanted = wantedOf(specification, pattern.dimensions, now().getTime())
  return (await findPrefixes(store, definition, pattern, wanted)).sort()
}

type Belongs = (object: ScannedObject) => boolean

function createTest(pattern: PathPattern | null, partition: string): Belongs {
  const matcher = pattern && compileMatcher(pattern)
  return ({ path, exclusion }) => {
    if (exclusion) return false
    if (!matcher) return partition === NOT_PARTITIONED
    const match = matcher.match(path)
    return match.ok && match.id === partition
  }
}

/** Where a page goes on: at a prefix, after a path below it. */
interface Cursor {
  prefix: number
  startAfter?: string
}

async function readPage(
  store: ObjectStore,
  definition: DatasetDefinition,
  prefixes: readonly string[],
  belongs: Belongs,
  from: Cursor,
): Promise<PartitionFiles> {
  const files: PartitionFiles['files'] = []
  const root = rootOf(definition)
  const selection = selectorOf(definition)
  let at = from
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    const prefix = prefixes[at.prefix]
    if (prefix === undefined) return { files, next: null }
    const page = await store.listPage({
      prefixPath: connectionPathOf(definition, prefix),
      maxKeys: KEYS,
      ...(at.startAfter === undefined ? {} : { startAfter: at.startAfter }),
    })
    for (const object of toScanned(page.objects, root, selection)) {
      if (!belongs(object)) continue
      const { path, sizeBytes, modifiedAtMs } = object
      files.push({ path, sizeBytes, modifiedAt: new Date(modifiedAtMs).toISOString() })
      if (files.length === FILES) {
        const startAfter = connectionPathOf(definition, path)
        return { files, next: writeCursor(prefixes, { prefix: at.prefix, startAfter }) }
      }
    }
    const last = page.objects.at(-1)?.path
    at =
      page.nextToken === undefined || last === undefined
        ? { prefix: at.prefix + 1 }
        : { prefix: at.prefix, startAfter: last }
  }
  return { files, next: writeCursor(prefixes, at) }
}

const writeCursor = (prefixes: readonly string[], { prefix, startAfter }: Cursor): string | null =>
  prefixes[prefix] === undefined ? null : JSON.stringify([prefixes[prefix], startAfter ?? ''])

/** Reads a cursor against the prefixes as they are now: it can name no other place. */
function readCursor(text: string | undefined, prefixes: readonly string[]): Cursor {
  if (text === undefined) return { prefix: 0 }
  const [prefix, startAfter] = parseCursor(text)
  // There may be fewer prefixes now, of which one holds what the one before did.
  const found = prefixes.findIndex((one) => one >= prefix || prefix.startsWith(one))
  if (found < 0) return { prefix: prefixes.length }
  const isWithin = prefix.startsWith(prefixes[found] ?? '')
  return isWithin && startAfter !== '' ? { prefix: found, startAfter } : { prefix: found }
}

function parseCursor(text: string): [prefix: string, startAfter: string] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string')
      return [value[0], value[1]]
  } catch {
    // What is no cursor is refused below.
  }
  throw new Failure('validation_failed', 'This is no place to go on from.', { reason: 'invalid-cursor' })
}
