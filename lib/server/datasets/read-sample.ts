import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { Sample, SampleRequest } from '#lib/domain/datasets/wire'
import { Failure } from '#lib/domain/errors'
import { type FormatProblem, formatSchema } from '#lib/domain/formats/wire'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import { openConnection } from '../connections/store-target'
import { now } from '../platform/clock'
import type { ObjectStore } from '../platform/object-store/types'
import type { Permit } from '../platform/permit'
import type { ReadLimits } from '../reader/meter'
import { readRecords } from '../reader/read-records'
import { chooseSample, type SampleChoice, type SampleFile } from './choose-sample'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from './dataset-kind'
import { explainEmpty } from './explain-empty'
import { lastLedger } from './listings'
import { connectionPathOf, rootOf } from './scan-files'
import { mapConcurrently } from './walk-folders'

const DEADLINE_MS = 10_000
const FILES_AT_ONCE = 8
/** What one file may add to a sample, in bytes as read. */
const FILE_LIMITS: ReadLimits = { maxBytesOut: 64 * 1024 * 1024, maxRatio: 1_032 }

/** Reads a labelled sample of a dataset under its own rules of reading. */
export function readSample(ctx: Context, ref: DatasetRef, request: SampleRequest): Promise<Sample> {
  const details = request.partitions === undefined ? {} : { partitions: request.partitions }
  return withPermit(
    ctx,
    datasetKind,
    'sample',
    ref,
    { deadlineMs: DEADLINE_MS, details },
    async ({ tx, row }) => ({ row, ledger: await lastLedger(tx, row) }),
    async (permit, { row, ledger }) => {
      const startedAt = now()
      const definition = definitionOf(row)
      const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
      const choice = await chooseSample(store, definition, request.partitions, startedAt.getTime())
      const read = await readFiles(store, permit, definition, choice, request.records)
      return {
        mode: choice.mode,
        partitions: read.partitions,
        partitionsTotal: ledger?.partitions.length ?? null,
        columns: definition.schema.columns.map(({ name, type }) => ({ name, type })),
        files: read.files,
        rows: read.rows,
        problems: read.problems,
        readAt: startedAt.toISOString(),
        durationMs: now().getTime() - startedAt.getTime(),
        endedBy: choice.scanEnded && read.rows.length < request.records ? 'scan-budget' : null,
        emptyBecause: read.rows.length > 0 ? null : emptyBecause(row, definition, choice),
      }
    },
  )
}

function emptyBecause(row: DatasetRow, definition: DatasetDefinition, choice: SampleChoice): string {
  if (choice.mode === 'chosen-partitions') return 'None of these partitions holds a record.'
  if (choice.partitions.size > 0) return 'The files that were read hold no records.'
  if (definition.partitioning.dimensions.length > 0 && !row.connection.managedBy) {
    return 'No file matches the pattern. Look at the unmatched files under Partitions.'
  }
  return explainEmpty(row.connection, rootOf(definition), now())
}

type Row = Sample['rows'][number]

/** Reads so many records of each partition that together they fill the sample, several files at once. */
async function readFiles(
  store: ObjectStore,
  permit: Permit,
  definition: DatasetDefinition,
  { partitions, mode }: SampleChoice,
  wanted: number,
) {
  const problems: FormatProblem[] = []
  const used: string[] = []
  const files: string[] = []
  const rows: Row[] = []
  let unserved = partitions.size
  for (const [id, candidates] of partitions) {
    if (rows.length >= wanted) break
    // What earlier partitions could not give is shared among those that are left.
    const share =
      mode === 'first-records' ? wanted - rows.length : Math.ceil((wanted - rows.length) / unserved)
    unserved--
    const taken = await readPartition(store, permit, definition, candidates, share, problems)
    if (taken.length > 0) used.push(id)
    for (const { path, records } of taken) {
      files.push(path)
      for (const record of records.slice(0, wanted - rows.length))
        rows.push({ file: files.length - 1, ...record })
    }
  }
  return { rows, files, partitions: used, problems }
}

type FileRecords = { path: string; records: Omit<Row, 'file'>[] }

async function readPartition(
  store: ObjectStore,
  permit: Permit,
  definition: DatasetDefinition,
  candidates: SampleFile[],
  share: number,
  problems: FormatProblem[],
): Promise<FileRecords[]> {
  const taken: FileRecords[] = []
  let missing = share
  for (let start = 0; start < candidates.length && missing > 0; start += FILES_AT_ONCE) {
    const group = candidates.slice(start, start + FILES_AT_ONCE)
    const read = await mapConcurrently(group, (file) =>
      readFile(store, permit, definition, file.path, missing, problems),
    )
    for (const [index, records] of read.entries()) {
      const path = group[index]?.path
      if (missing <= 0 || records.length === 0 || path === undefined) continue
      taken.push({ path, records: records.slice(0, missing) })
      missing -= records.length
    }
  }
  return taken
}

async function readFile(
  store: ObjectStore,
  permit: Permit,
  definition: DatasetDefinition,
  path: string,
  maxRecords: number,
  problems: FormatProblem[],
): Promise<Omit<Row, 'file'>[]> {
  const format = formatSchema.parse({ type: definition.formatType, params: definition.formatParams })
  const source = { store, path: connectionPathOf(definition, path) }
  const reading = readRecords(source, format, { ...FILE_LIMITS, maxRecords }, permit.signal)
  const records: Omit<Row, 'file'>[] = []
  try {
    for await (const batch of reading) {
      for (let index = 0; index < batch.count; index++) {
        const tooLarge = batch.tooLarge(index)
        const cells = batch.cells(index)
        records.push({
          number: batch.firstRecord + index,
          cells,
          ...(tooLarge ? { chars: tooLarge.chars } : {}),
        })
      }
    }
  } catch (error) {
    if (!(error instanceof Failure) || definition.unreadableFiles === 'fail' || permit.signal.aborted)
      throw error
    problems.push({ reason: error.details.reason ?? error.kind, message: error.message, path })
  }
  problems.push(...reading.facts.problems)
  return records
}
