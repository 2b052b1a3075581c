import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { charsetName, findEncoding } from '#lib/domain/formats/charsets'
import { charsOfRecord, MOST_PREVIEW_CHARS } from '#lib/domain/formats/preview-size'
import type { FormatProblem, Preview, PreviewRecord } from '#lib/domain/formats/wire'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import { cutText, MAX_CELL_CHARS } from './cut-text'
import { binaryProblem, misnamedProblem, nulProblem, toProblem } from './file-problems'
import { readerOf } from './formats'
import type { ReadLimits } from './meter'
import { explainNoRecord } from './no-record'
import { readRecords } from './read-records'
import type { ReadFacts, RecordBatch } from './records'
import { Turns } from './turns'

export interface PreviewRequest {
  store: ObjectStore
  path: string
  format: FormatSettings
  /** 100 unless told. */
  maxRecords?: number
  limits?: ReadLimits
  /** Ends the wait for a turn and the reading, beside the permit's own. */
  signal?: AbortSignal
}

const MIB = 1024 * 1024
const LIMITS: ReadLimits = {
  maxBytesIn: 64 * MIB,
  maxBytesOut: 64 * MIB,
  maxHeldBytes: 96 * MIB,
  deadlineMs: 8_000,
}
/** Read by ranges, pages of several columns are wanted for the first record: what bounds them is what they are held for. */
const RANGED_LIMITS: ReadLimits = { maxPageBytes: 64 * MIB, maxBytesIn: 128 * MIB }
const MAX_RECORDS = 100

const TRUNCATIONS = new Set(['bytes-in', 'bytes-out', 'ratio', 'deadline'])

/**
 * Reads the first records of one object for a page. What goes wrong in the object is told beside the records before it;
 * what goes wrong before its first byte (no such object, no permission) is thrown.
 */
export async function previewObject(request: PreviewRequest): Promise<Preview> {
  const endTurn = await turns.take(signalOf(request)).catch(() => {
    throw busy(request.path)
  })
  try {
    return await readPreview(request)
  } finally {
    endTurn()
  }
}

/** What previews hold adds up in one process; more at once are no faster on its one thread. */
const PREVIEWS_AT_ONCE = 4
const turns = new Turns(PREVIEWS_AT_ONCE)

const signalOf = ({ store, signal }: PreviewRequest): AbortSignal =>
  signal === undefined ? store.permit.signal : AbortSignal.any([store.permit.signal, signal])

const busy = (path: string) =>
  new Failure('unavailable', 'Other previews are being read, and this one had to wait too long.', {
    reason: 'busy',
    where: path,
    remedy: 'Try again in a moment.',
    retryAfterSeconds: 5,
  })

async function readPreview(request: PreviewRequest): Promise<Preview> {
  const { store, path, format } = request
  const { sizeBytes } = await store.head(path)
  const limits: ReadLimits = {
    ...LIMITS,
    ...(readerOf(format).access === 'ranges' ? RANGED_LIMITS : {}),
    recordFaults: 'keep',
    ...request.limits,
    maxRecords: (request.maxRecords ?? MAX_RECORDS) + 1,
  }
  const signal = signalOf(request)
  const reading = readRecords({ store, path }, format, limits, signal)
  const rows = new PreviewRows(request.maxRecords ?? MAX_RECORDS)
  let failure: Failure | undefined
  try {
    for await (const batch of reading) {
      // A binary file is named instead of being shown as noise.
      if (reading.facts.looksLike !== undefined || !rows.add(batch, reading.facts.entry)) break
    }
  } catch (error) {
    if (!(error instanceof Failure) || reading.facts.bytesIn === 0 || signal.aborted) throw error
    failure = error
  }
  const preview = toPreview(request, sizeBytes, reading.facts, rows, failure)
  const isSilent = sizeBytes > 0 && preview.records === 0 && preview.problems.length === 0
  if (isSilent && readerOf(format).access !== 'ranges') {
    const why = await explainNoRecord({ store, path }, reading.facts, signal)
    if (why !== undefined) preview.problems.push(why)
  }
  return preview
}

/** The rows of a preview as they come; one record more than shown tells whether the file goes on. */
class PreviewRows {
  readonly shown: PreviewRecord[] = []
  more = false
  /** Columns that the shown records have places for: those of records behind them are read ahead. */
  private width = 0
  private chars = 0

  constructor(private readonly maxRecords: number) {}

  /** Tells whether more rows are wanted. */
  add(batch: RecordBatch, entry: string | undefined): boolean {
    for (let index = 0; index < batch.count; index++) {
      if (this.shown.length >= this.maxRecords || this.chars >= MOST_PREVIEW_CHARS) {
        this.more = true
        return false
      }
      const row = { ...toRow(batch, index), ...(entry === undefined ? {} : { entry }) }
      this.width = Math.max(this.width, row.cells.length)
      this.chars += charsOfRecord(row)
      this.shown.push(row)
    }
    return true
  }

  /** The columns that were known at the last shown record; all of them where there is none behind it, or none was taken apart. */
  columnsOf({ columns }: ReadFacts): Preview['columns'] {
    return this.more && this.width > 0 ? columns.slice(0, this.width) : [...columns]
  }
}

function toRow(batch: RecordBatch, index: number): PreviewRecord {
  const cells = batch.cells(index)
  const row: PreviewRecord = {
    number: batch.firstRecord + index,
    cells: cells.map((cell) => cutText(cell ?? null)),
  }
  const absent = cells.flatMap((cell, place) => (cell === undefined ? [place] : []))
  if (absent.length > 0) row.absent = absent
  const text = batch.text(index)
  if (cells[0] !== text) row.raw = cutText(text)
  const unparsed = batch.unparsed(index)
  if (unparsed !== undefined) row.unparsed = unparsed
  const tooLarge = batch.tooLarge(index)
  if (tooLarge !== undefined) return { ...row, tooLarge: true, chars: tooLarge.chars }
  const longest = Math.max(text.length, ...cells.map((cell) => cell?.length ?? 0))
  return longest > MAX_CELL_CHARS ? { ...row, chars: longest } : row
}

function toPreview(
  { path, format }: PreviewRequest,
  sizeBytes: number,
  facts: ReadFacts,
  rows: PreviewRows,
  failure: Failure | undefined,
): Preview {
  // Of a binary file only that matters: what does not decode in it is no surprise.
  const problems: FormatProblem[] =
    facts.looksLike === undefined
      ? [...facts.problems, ...nulsOf(rows, path), ...misnamedOf(facts, format, rows, path)]
      : [binaryProblem(facts.looksLike, path)]
  if (failure !== undefined) problems.push(toProblem(failure, path))
  const encoding = findEncoding(facts.charset)
  return {
    usedPath: path,
    sizeBytes,
    compression: facts.compression,
    charset: encoding === undefined ? facts.charset : charsetName(encoding),
    looksLike: facts.looksLike ?? null,
    // Names made of what is no text are noise as well.
    columns: facts.looksLike !== undefined && rows.shown.length === 0 ? [] : rows.columnsOf(facts),
    rows: rows.shown,
    records: rows.shown.length,
    truncatedBy: truncation(rows, failure),
    replacedBytes: facts.replacedBytes,
    problems,
  }
}

/** What is read as text although its name says that it is none. */
function misnamedOf(
  facts: ReadFacts,
  format: FormatSettings,
  { shown }: PreviewRows,
  path: string,
): FormatProblem[] {
  const problem =
    readerOf(format).access === 'ranges' || shown.length === 0
      ? undefined
      : misnamedProblem(path, facts.compression)
  return problem === undefined ? [] : [problem]
}

/** Names the records with NULs among those shown; binary values of Parquet come as texts of their own. */
function nulsOf({ shown }: PreviewRows, path: string): FormatProblem[] {
  const records = shown.map(({ number, cells, raw }) => ({ number, text: raw ?? cells[0] ?? '' }))
  const problem = nulProblem(records, path)
  return problem === undefined ? [] : [problem]
}

function truncation(rows: PreviewRows, failure: Failure | undefined): Preview['truncatedBy'] {
  if (failure === undefined) return rows.more ? 'records' : null
  const reason = failure.details.reason ?? ''
  return TRUNCATIONS.has(reason) ? (reason as Preview['truncatedBy']) : 'failure'
}
