import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import type { FormatProblem } from '#lib/domain/formats/wire'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { isPastDeadline, type Permit } from '../../platform/permit'
import { toProblem } from '../../reader/file-problems'
import { readerOf } from '../../reader/formats'
import type { ReadLimits } from '../../reader/meter'
import { explainNoRecord } from '../../reader/no-record'
import { readRecords } from '../../reader/read-records'
import type { ReadFacts } from '../../reader/records'
import { type AtOnce, FilesAtOnce } from '../files-at-once'
import { connectionPathOf } from '../listing/scan-files'
import { mapConcurrently } from '../listing/walk-folders'
import { ColumnPlaces } from '../place-columns'
import { readFormat } from '../read-format'
import { type AddRecord, addFirst, addLast } from './add-records'
import type { SampleChoice } from './choose-sample'
import { RowsInOrder, type RowsLimit } from './rows-in-order'
import { type SampleRow, toSampleRow } from './sample-row'
import { dropLast, layOut, nextFiles, type Taken } from './taken-files'

/** Eight files at once, or thirty-two of at most 8 KiB each: no more is unpacked of those, and a store is not asked faster by more. */
const AT_ONCE: AtOnce = { shares: 32, mostOfOne: 4, shareBytes: 8 * 1024 }
/** Files are read whole for their last records, and what came last is held: two of them, or as many small ones as hold the same. */
const WHOLE_AT_ONCE: AtOnce = { shares: 32, mostOfOne: 16, shareBytes: 4 * 1024 }
/** Large files that are begun together before it is known how many records one gives; each of them may be read in vain. */
const FIRST_FILES = 8
const FIRST_WHOLE_FILES = 2
/** Of files chosen at random so many are read evenly, and others only where those do not fill the sample. */
const RANDOM_FILES = 100
/** Groups of files, partitions among them, that are read side by side. */
const GROUPS_AT_ONCE = AT_ONCE.shares
/** What one file may add to a sample, in bytes as read. */
const FILE_LIMITS = {
  maxBytesOut: 64 * 1024 * 1024,
  maxHeldBytes: 96 * 1024 * 1024,
  maxRatio: 1_032,
}
/** A file that is read to its end for its last records, of which alone it keeps anything. */
const WHOLE_FILE_LIMITS = { maxBytesOut: 1024 * 1024 * 1024, maxRatio: 1_032 }

/** What all rows of a sample may take together, in UTF-16 units. */
const MAX_SAMPLE_CHARS = 32 * 1024 * 1024
/** With less room than that left, files are not read once more for the few records that may fit. */
const LEAST_ROOM_CHARS = 1024 * 1024
/** Problems that are listed; the rest is counted. */
const MAX_PROBLEMS = 200

/** A file with bytes that gave no record and no problem. */
interface SilentFile {
  path: string
  facts: Pick<ReadFacts, 'charset' | 'columns'>
}

/** One reading of many files for a sample, with what went wrong in them. */
export class SampleReading {
  /** The time was over before the sample was full. */
  ranOut = false
  /** Files that were read as far as they were wanted; one may be read again, for more. */
  private readonly finished = new Set<string>()
  /** The records were too large for as many as were wanted. */
  isFull = false
  /** Of each file the last records are taken, not the first. */
  private fromEnd = false
  private taken: Taken[] = []
  private atOnce = new FilesAtOnce(AT_ONCE)
  private readonly problems: FormatProblem[] = []
  /** Where each problem stands in `problems`, or would if there were room. */
  private readonly known = new Map<string, number>()
  private readonly format: FormatSettings
  /** The first of them. */
  private silent: SilentFile | null = null

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
    if (this.fromEnd) this.atOnce = new FilesAtOnce(WHOLE_AT_ONCE)
    const taken = groups.map(
      (candidates): Taken => ({ candidates, files: [], count: 0, chars: 0, cut: false }),
    )
    this.taken = taken
    if (mode === 'first-records' || mode === 'last-records') await this.fillInOrder(taken, wanted)
    else if (mode === 'random-files') await this.fillByTiers(taken, wanted)
    else await this.fillEvenly(taken, wanted)
    const problemsLeftOut = this.known.size - this.problems.length
    return {
      ...layOut(taken, wanted),
      problems: this.problems,
      ...(problemsLeftOut > 0 ? { problemsLeftOut } : {}),
    }
  }

  private async fillInOrder(taken: Taken[], wanted: number): Promise<void> {
    let missing = wanted
    for (const one of taken) {
      if (missing <= 0 || this.isOver()) return
      const limit = { rows: missing, chars: this.room() }
      await this.fill(one, limit, this.fromEnd ? FIRST_WHOLE_FILES : FIRST_FILES)
      missing -= one.count
      if (one.cut && missing > 0) this.isFull = true
    }
  }

  private async fillByTiers(taken: Taken[], wanted: number): Promise<void> {
    let missing = wanted
    for (let start = 0; start < taken.length && missing > 0 && !this.isOver(); start += RANDOM_FILES) {
      const tier = taken.slice(start, start + RANDOM_FILES)
      await this.fillEvenly(tier, missing)
      missing -= tier.reduce((sum, one) => sum + one.count, 0)
    }
  }

  /** Round by round: what some partitions could not give is shared among those that have more. */
  private async fillEvenly(taken: Taken[], wanted: number): Promise<void> {
    while (!this.isOver()) {
      const missing = wanted - taken.reduce((sum, one) => sum + one.count, 0)
      const able = taken.filter((one) => one.cut || one.files.length < one.candidates.length)
      if (missing <= 0 || able.length === 0) return
      const room = this.room()
      if (room < LEAST_ROOM_CHARS) {
        this.isFull = true
        return
      }
      const share = { rows: Math.ceil(missing / able.length), chars: Math.floor(room / able.length) }
      // Many partitions are read side by side, few by several files each.
      const firstFiles = Math.max(1, Math.floor(FIRST_FILES / able.length))
      await mapConcurrently(
        able,
        (one) => this.fill(one, { rows: one.count + share.rows, chars: one.chars + share.chars }, firstFiles),
        GROUPS_AT_ONCE,
      )
      const stillMissing = wanted - taken.reduce((sum, one) => sum + one.count, 0)
      // Nothing came though there is more: no record fits its share.
      if (stillMissing === missing && taken.some(({ cut }) => cut)) this.isFull = true
    }
  }

  /** How many files were read as far as they were wanted. */
  get filesRead(): number {
    return this.finished.size
  }

  /** Why a sample is empty, by the first file of which it is known: `"/a.csv: …"`; null where it is of none. */
  async explainSilence(): Promise<string | null> {
    const why = this.silent && (await this.explainFile(this.silent))
    const [first] = this.problems
    return why ?? (first === undefined ? null : `${first.path}: ${first.message}`)
  }

  private async explainFile({ path, facts }: SilentFile): Promise<string | null> {
    if (readerOf(this.format).access === 'ranges') return null
    const source = { store: this.store, path: connectionPathOf(this.definition, path) }
    const why = await explainNoRecord(source, facts, this.permit.signal)
    if (why !== undefined) return `${path}: ${why.message}`
    return this.problems.length === 0 && facts.columns.length > 0
      ? `${path} holds a header and no record.`
      : null
  }

  private isOver(): boolean {
    return this.ranOut || this.isFull
  }

  /** What further rows may take. */
  private room(): number {
    return this.taken.reduce((room, { chars }) => room - chars, MAX_SAMPLE_CHARS)
  }

  /** Reads on in a partition until what it has given is `upTo`. */
  private async fill(taken: Taken, upTo: RowsLimit, firstFiles: number): Promise<void> {
    if (taken.cut) dropLast(taken)
    while (!taken.cut && taken.files.length < taken.candidates.length && !this.ranOut) {
      const missing = { rows: upTo.rows - taken.count, chars: upTo.chars - taken.chars }
      const group = nextFiles(taken, missing, firstFiles)
      const rows = new RowsInOrder<SampleRow>(group.length, missing)
      await this.atOnce.forEach(group, async (file, place) => {
        if (rows.takes(place) && !this.ranOut) await this.readFile(file.path, rows, place, missing.rows)
      })
      const { files, full } = rows.taken()
      for (const [place, read] of files.entries()) {
        const file = group[place]
        if (file === undefined) break
        const records = this.fromEnd ? read.rows.toReversed() : read.rows
        taken.files.push({ file, records, chars: read.chars })
        taken.count += records.length
        taken.chars += read.chars
      }
      taken.cut = full
    }
  }

  private async readFile(
    path: string,
    rows: RowsInOrder<SampleRow>,
    place: number,
    maxRecords: number,
  ): Promise<void> {
    const deadlineMs = Math.max(1, this.untilMs - now().getTime())
    const recordFaults = this.definition.unreadableFiles === 'warn' ? 'keep' : 'fail'
    const limits: ReadLimits = this.fromEnd
      ? { ...WHOLE_FILE_LIMITS, recordFaults, binary: 'fail', deadlineMs }
      : { ...FILE_LIMITS, recordFaults, binary: 'fail', maxRecords, deadlineMs }
    const source = { store: this.store, path: connectionPathOf(this.definition, path) }
    const reading = readRecords(source, this.format, limits, this.permit.signal)
    const add: AddRecord = (batch, index, places, entry) => {
      const { row, chars } = toSampleRow(batch, index, places)
      return rows.add(place, entry === undefined ? row : { ...row, entry }, chars)
    }
    const columns = new ColumnPlaces(this.definition.schema.columns, this.format)
    try {
      if (this.fromEnd) {
        if (await addLast(reading, columns, maxRecords, add)) rows.close(place)
      } else await addFirst(reading, columns, add)
      this.finished.add(path)
      const { facts } = reading
      if (facts.records === 0 && facts.bytesIn > 0 && facts.problems.length === 0)
        this.silent ??= { path, facts }
    } catch (error) {
      this.take(error, path)
    }
    for (const problem of reading.facts.problems) this.note(problem)
    const headerless = columns.problemOf(reading.facts)
    if (headerless) this.note(headerless)
  }

  /**
   * What ended a file: the time that is over ends the sample, also where the permit ended at its deadline before; a fault of the
   * file is kept or thrown as the settings say.
   */
  private take(error: unknown, path: string): void {
    const { signal } = this.permit
    if (isPastDeadline(signal)) {
      this.ranOut = true
      return
    }
    if (!(error instanceof Failure) || signal.aborted) throw error
    const reason = error.details.reason ?? error.kind
    if (reason === 'deadline') {
      this.ranOut = true
      return
    }
    this.finished.add(path)
    if (this.definition.unreadableFiles === 'fail') throw error
    this.note(toProblem(error, path))
  }

  /** A file that is read once more, and further, says the same again of as many records or more. */
  private note(problem: FormatProblem): void {
    const { path, reason, record = '', offset = '', count = 1 } = problem
    const key = JSON.stringify([path, reason, record, offset])
    const place = this.known.get(key)
    if (place === undefined) {
      this.known.set(key, this.known.size)
      if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem)
      return
    }
    const told = this.problems[place]
    if (told !== undefined && count > (told.count ?? 1)) this.problems[place] = problem
  }
}
