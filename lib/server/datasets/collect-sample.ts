import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { Sample, SampleRequest } from '#lib/domain/datasets/wire'
import { Failure } from '#lib/domain/errors'
import { type FormatProblem, type FormatSettings, formatSchema } from '#lib/domain/formats/wire'
import { openConnection } from '../connections/store-target'
import { now } from '../platform/clock'
import type { ObjectStore } from '../platform/object-store/types'
import type { Permit } from '../platform/permit'
import { readRecords } from '../reader/read-records'
import { chooseSample, type SampleChoice, type SampleFile } from './choose-sample'
import { type DatasetRow, definitionOf } from './dataset-kind'
import { explainEmpty } from './explain-empty'
import { connectionPathOf, rootOf } from './scan-files'
import { mapConcurrently } from './walk-folders'

/** When no further file is opened: what was read until then is the sample. The permit itself ends a little later. */
const READ_MS = 8_000
export const SAMPLE_DEADLINE_MS = 10_000
const FILES_AT_ONCE = 8
/** What one file may add to a sample, in bytes as read. */
const FILE_LIMITS = { maxBytesOut: 64 * 1024 * 1024, maxRatio: 1_032 }

/** Reads a sample of a dataset: `partitionsTotal` is what its last listing counted. */
export async function collectSample(
  permit: Permit,
  row: DatasetRow,
  request: SampleRequest,
  partitionsTotal: number | null,
): Promise<Sample> {
  const startedAt = now()
  const definition = definitionOf(row)
  const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
  const choice = await chooseSample(store, definition, request.partitions, startedAt.getTime())
  const reading = new SampleReading(store, permit, definition, startedAt.getTime() + READ_MS)
  const read = await reading.readFiles(choice, request.records)
  const isShort = read.rows.length < request.records
  return {
    mode: choice.mode,
    partitionsTotal,
    columns: definition.schema.columns.map(({ name, type }) => ({ name, type })),
    ...read,
    readAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    endedBy: reading.ranOut ? 'deadline' : choice.scanEnded && isShort ? 'scan-budget' : null,
    emptyBecause: read.rows.length > 0 ? null : emptyBecause(row, definition, choice),
  }
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
type Records = Omit<Row, 'file'>[]
type FileRecords = { file: SampleFile; records: Records }

/** One reading of several files, with what went wrong in them. */
class SampleReading {
  /** The time was over before the sample was full. */
  ranOut = false
  private readonly problems: FormatProblem[] = []
  private readonly format: FormatSettings

  constructor(
    private readonly store: ObjectStore,
    private readonly permit: Permit,
    private readonly definition: DatasetDefinition,
    private readonly untilMs: number,
  ) {
    this.format = formatSchema.parse({ type: definition.formatType, params: definition.formatParams })
  }

  /** Reads so many records of each partition that together they fill the sample, several files at once. */
  async readFiles({ partitions, mode }: SampleChoice, wanted: number) {
    const used: string[] = []
    const files: Sample['files'] = []
    const rows: Row[] = []
    let unserved = partitions.size
    for (const [id, candidates] of partitions) {
      const missing = wanted - rows.length
      if (missing <= 0 || this.ranOut) break
      // What earlier partitions could not give is shared among those that are left.
      const share = mode === 'first-records' ? missing : Math.ceil(missing / unserved)
      unserved--
      const taken = await this.readPartition(candidates, share)
      if (taken.length > 0) used.push(id)
      for (const { file, records } of taken) {
        files.push({ path: file.path, partition: file.partition })
        for (const record of records) rows.push({ file: files.length - 1, ...record })
      }
    }
    return { rows, files, partitions: used, problems: this.problems }
  }

  private async readPartition(candidates: SampleFile[], share: number): Promise<FileRecords[]> {
    const taken: FileRecords[] = []
    let missing = share
    for (let start = 0; start < candidates.length && missing > 0 && !this.ranOut; start += FILES_AT_ONCE) {
      const group = candidates.slice(start, start + FILES_AT_ONCE)
      const read = await mapConcurrently(group, (file) => this.readFile(file.path, missing))
      for (const [index, records] of read.entries()) {
        const file = group[index]
        if (missing <= 0 || records.length === 0 || file === undefined) continue
        taken.push({ file, records: records.slice(0, missing) })
        missing -= records.length
      }
    }
    return taken
  }

  private async readFile(path: string, maxRecords: number): Promise<Records> {
    const deadlineMs = Math.max(1, this.untilMs - now().getTime())
    const limits = { ...FILE_LIMITS, maxRecords, deadlineMs }
    const source = { store: this.store, path: connectionPathOf(this.definition, path) }
    const reading = readRecords(source, this.format, limits, this.permit.signal)
    const records: Records = []
    try {
      for await (const batch of reading) {
        for (let index = 0; index < batch.count; index++) {
          const tooLarge = batch.tooLarge(index)
          records.push({
            number: batch.firstRecord + index,
            cells: batch.cells(index),
            ...(tooLarge ? { chars: tooLarge.chars } : {}),
          })
        }
      }
    } catch (error) {
      this.take(error, path)
    }
    this.problems.push(...reading.facts.problems)
    return records
  }

  /** What ended a file: the time that is over ends the sample, a fault of the file is kept or thrown as the settings say. */
  private take(error: unknown, path: string): void {
    if (!(error instanceof Failure) || this.permit.signal.aborted) throw error
    const reason = error.details.reason ?? error.kind
    if (reason === 'deadline') {
      this.ranOut = true
      return
    }
    if (this.definition.unreadableFiles === 'fail') throw error
    const { offset, remedy } = error.details
    this.problems.push({
      reason,
      message: error.message,
      path,
      ...(offset === undefined ? {} : { offset }),
      ...(remedy === undefined ? {} : { remedy }),
    })
  }
}
