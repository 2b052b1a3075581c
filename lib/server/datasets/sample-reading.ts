import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { pickColumns } from '#lib/domain/datasets/pick-columns'
import type { Sample } from '#lib/domain/datasets/wire'
import { Failure } from '#lib/domain/errors'
import type { FormatProblem, FormatSettings } from '#lib/domain/formats/wire'
import { now } from '../platform/clock'
import type { ObjectStore } from '../platform/object-store/types'
import type { Permit } from '../platform/permit'
import { toProblem } from '../reader/file-problems'
import type { ReadLimits } from '../reader/meter'
import { readRecords } from '../reader/read-records'
import type { RecordBatch } from '../reader/records'
import type { SampleChoice, SampleFile } from './choose-sample'
import { LastBatches } from './last-batches'
import { readFormat } from './read-format'
import { connectionPathOf } from './scan-files'
import { mapConcurrently } from './walk-folders'

const FILES_AT_ONCE = 8
/** Files are read whole for their last records, so fewer in vain. */
const WHOLE_FILES_AT_ONCE = 2
/** Of files chosen at random so many are read evenly, and others only where those do not fill the sample. */
const RANDOM_FILES = 100
/** What one file may add to a sample, in bytes as read. */
const FILE_LIMITS = {
  maxBytesOut: 64 * 1024 * 1024,
  maxHeldBytes: 96 * 1024 * 1024,
  maxRatio: 1_032,
}
/** A file that is read to its end for its last records, of which alone it keeps anything. */
const WHOLE_FILE_LIMITS = { maxBytesOut: 1024 * 1024 * 1024, maxRatio: 1_032 }

type Records = Omit<Sample['rows'][number], 'file'>[]

/** What has been read of one group of files: the first of them, each as far as it was needed. */
interface Taken {
  candidates: readonly SampleFile[]
  files: { file: SampleFile; records: Records }[]
  count: number
  /** The last of the files may hold more. */
  cut: boolean
}

/** One reading of many files for a sample, with what went wrong in them. */
export class SampleReading {
  /** The time was over before the sample was full. */
  ranOut = false
  /** Of each file the last records are taken, not the first. */
  private fromEnd = false
  private readonly problems: FormatProblem[] = []
  private readonly format: FormatSettings

  constructor(
    private readonly store: ObjectStore,
    private readonly permit: Permit,
    private readonly definition: DatasetDefinition,
    /** When no further file is opened, epoch milliseconds. */
    private readonly untilMs: number,
  ) {
    this.format = readFormat(definition)
  }

  /** Reads so many records of each group that together they fill the sample, or of one group after the other. */
  async read({ groups, mode }: SampleChoice, wanted: number) {
    this.fromEnd = mode === 'last-records'
    const taken = groups.map((candidates): Taken => ({ candidates, files: [], count: 0, cut: false }))
    if (mode === 'first-records' || mode === 'last-records') await this.fillInOrder(taken, wanted)
    else if (mode === 'random-files') await this.fillByTiers(taken, wanted)
    else await this.fillEvenly(taken, wanted)
    return { ...layOut(taken, wanted), problems: this.problems }
  }

  private async fillInOrder(taken: Taken[], wanted: number): Promise<void> {
    let missing = wanted
    for (const one of taken) {
      if (missing <= 0 || this.ranOut) return
      await this.fill(one, missing, this.fromEnd ? WHOLE_FILES_AT_ONCE : FILES_AT_ONCE)
      missing -= one.count
    }
  }

  private async fillByTiers(taken: Taken[], wanted: number): Promise<void> {
    let missing = wanted
    for (let start = 0; start < taken.length && missing > 0 && !this.ranOut; start += RANDOM_FILES) {
      const tier = taken.slice(start, start + RANDOM_FILES)
      await this.fillEvenly(tier, missing)
      missing -= tier.reduce((sum, one) => sum + one.count, 0)
    }
  }

  /** Round by round: what some partitions could not give is shared among those that have more. */
  private async fillEvenly(taken: Taken[], wanted: number): Promise<void> {
    while (!this.ranOut) {
      const missing = wanted - taken.reduce((sum, one) => sum + one.count, 0)
      const able = taken.filter((one) => one.cut || one.files.length < one.candidates.length)
      if (missing <= 0 || able.length === 0) return
      const share = Math.ceil(missing / able.length)
      // Many partitions are read side by side, few by several files each.
      const filesAtOnce = Math.max(1, Math.floor(FILES_AT_ONCE / able.length))
      await mapConcurrently(able, (one) => this.fill(one, one.count + share, filesAtOnce), FILES_AT_ONCE)
    }
  }

  /** Reads on in a partition until it has given `upTo` records. */
  private async fill(taken: Taken, upTo: number, filesAtOnce: number): Promise<void> {
    if (taken.cut) dropLast(taken)
    while (taken.count < upTo && taken.files.length < taken.candidates.length && !this.ranOut) {
      const start = taken.files.length
      const group = taken.candidates.slice(start, start + filesAtOnce)
      const missing = upTo - taken.count
      const read = await mapConcurrently(group, (file) => this.readFile(file.path, missing))
      for (const [index, records] of read.entries()) {
        const file = group[index]
        if (taken.count >= upTo || file === undefined) break
        const kept = this.fromEnd
          ? records.slice(-(upTo - taken.count))
          : records.slice(0, upTo - taken.count)
        taken.files.push({ file, records: kept })
        taken.count += kept.length
        taken.cut = taken.count >= upTo
      }
    }
  }

  private async readFile(path: string, maxRecords: number): Promise<Records> {
    const deadlineMs = Math.max(1, this.untilMs - now().getTime())
    const recordFaults = this.definition.unreadableFiles === 'warn' ? 'keep' : 'fail'
    const limits: ReadLimits = this.fromEnd
      ? { ...WHOLE_FILE_LIMITS, recordFaults, binary: 'fail', deadlineMs }
      : { ...FILE_LIMITS, recordFaults, binary: 'fail', maxRecords, deadlineMs }
    const source = { store: this.store, path: connectionPathOf(this.definition, path) }
    const reading = readRecords(source, this.format, limits, this.permit.signal)
    const records: Records = []
    const last = new LastBatches(maxRecords)
    const keep = (batch: RecordBatch, from = 0) => {
      const places = pickColumns(this.definition.schema.columns, reading.facts.columns)
      for (let index = from; index < batch.count; index++) records.push(toRow(batch, index, places))
    }
    try {
      for await (const batch of reading) {
        if (this.fromEnd) last.add(batch)
        else keep(batch)
      }
      // Of a file that was not read to its end nobody knows the last records.
      for (const { batch, from } of last.taken()) keep(batch, from)
    } catch (error) {
      this.take(error, path)
    }
    for (const problem of reading.facts.problems) this.note(problem)
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
    this.note(toProblem(error, path))
  }

  /** A file that is read once more says the same again. */
  private note(problem: FormatProblem): void {
    const isKnown = this.problems.some(
      (one) =>
        one.path === problem.path &&
        one.reason === problem.reason &&
        one.record === problem.record &&
        one.offset === problem.offset,
    )
    if (!isKnown) this.problems.push(problem)
  }
}

/** What is sent of a record that could not be taken apart, in characters. */
const MAX_RAW_CHARS = 64 * 1024

const cut = (text: string): string =>
  text.length <= MAX_RAW_CHARS ? text : text.slice(0, MAX_RAW_CHARS).toWellFormed()

/** A record in the columns of the schema. */
function toRow(batch: RecordBatch, index: number, places: readonly number[]): Records[number] {
  const found = batch.cells(index)
  const cells = places.map((place) => found[place])
  const absent = cells.flatMap((cell, column) => (cell === undefined ? [column] : []))
  const unparsed = batch.unparsed(index)
  const tooLarge = batch.tooLarge(index)
  return {
    number: batch.firstRecord + index,
    cells: cells.map((cell) => cell ?? null),
    ...(absent.length > 0 ? { absent } : {}),
    ...(unparsed === undefined ? {} : { unparsed, raw: cut(batch.text(index)) }),
    ...(tooLarge ? { chars: tooLarge.chars } : {}),
  }
}

function dropLast(taken: Taken): void {
  const last = taken.files.pop()
  taken.count -= last?.records.length ?? 0
  taken.cut = false
}

/** The rows of all that was taken, in the order of the groups, `wanted` at most. */
function layOut(taken: readonly Taken[], wanted: number): Pick<Sample, 'partitions' | 'files' | 'rows'> {
  const partitions: string[] = []
  const files: Sample['files'] = []
  const rows: Sample['rows'] = []
  for (const { files: read } of taken) {
    for (const { file, records } of read) {
      if (records.length === 0 || rows.length >= wanted) continue
      if (!partitions.includes(file.partition)) partitions.push(file.partition)
      files.push({ path: file.path, partition: file.partition })
      for (const record of records.slice(0, wanted - rows.length))
        rows.push({ file: files.length - 1, ...record })
    }
  }
  return { partitions, files, rows }
}
