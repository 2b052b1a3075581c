import 'server-only'
import type { RangedLimits } from '../../format-reader'
import type { Hold } from '../../hold'
import type { RangedFile } from '../../ranged-file'
import type { Cell, ReadFacts } from '../../records'
import { Assembler } from './assemble'
import { type Footer, guard, type RowGroup } from './footer'
import { HeldPages } from './held-pages'
import { LeafCursor, type Place } from './leaf-cursor'
import { PageSource } from './page-source'
import { TableBatch, tableColumns } from './table-batch'
import { type BinaryNotes, type LeafText, textOf } from './to-text'

/** A row group that is smaller is read by one range. */
const WHOLE_GROUP_BYTES = 4 * 1024 * 1024
/** What all columns together read ahead. */
const AHEAD_BYTES = 32 * 1024 * 1024
/** What that is of all that may be held. */
const SHARE_AHEAD = 16
const MIN_AHEAD_BYTES = 16 * 1024
/** Columns whose next pages are asked for at once. */
const LOADS_AT_ONCE = 8

/** What records are given together, at most; in cells, the first record aside. */
interface BatchSize {
  records: number
  cells: number
  chars: number
}

const USUAL_BATCH: BatchSize = { records: 1_000, cells: Number.POSITIVE_INFINITY, chars: 1024 * 1024 }
/** Of one that may wait for a reader. */
const FRUGAL_BATCH: BatchSize = { records: 1_000, cells: 4_096, chars: 64 * 1024 }

/** What all columns together read ahead, of a reading that is one of many. */
const FRUGAL_AHEAD_BYTES = 8 * 1024 * 1024

export interface RowLimits extends RangedLimits {
  /** Number of the first record of the file. */
  firstRecord: number
  /** Records that were given before. */
  given: number
  notes: BinaryNotes
  hold: Hold
}

/** Reads the records of a file, row group by row group, and of each no more pages than are asked for. */
export async function* readRows(
  file: RangedFile,
  footer: Footer,
  limits: RowLimits,
): AsyncGenerator<TableBatch, void> {
  const texts = footer.leaves.map((leaf) => textOf(leaf, limits.notes))
  const columns = tableColumns(footer.root.children, texts)
  let firstRecord = limits.firstRecord + limits.given
  let passed = limits.given
  for (const group of footer.groups) {
    if (passed >= group.rows) {
      passed -= group.rows
      continue
    }
    for await (const rows of readGroup(file, footer, group, texts, limits, passed)) {
      limits.countOut(sizeOf(rows))
      yield new TableBatch(firstRecord, rows, columns)
      firstRecord += rows.length
    }
    passed = 0
  }
}

async function* readGroup(
  file: RangedFile,
  footer: Footer,
  group: RowGroup,
  texts: LeafText[],
  limits: RowLimits,
  passed: number,
): AsyncGenerator<Cell[][]> {
  const held = new HeldPages(file.path, limits)
  try {
    yield* readPages(file, footer, group, texts, limits, { held, passed })
  } finally {
    held.close()
  }
}

async function* readPages(
  file: RangedFile,
  footer: Footer,
  group: RowGroup,
  texts: LeafText[],
  limits: RowLimits,
  { held, passed }: { held: HeldPages; passed: number },
): AsyncGenerator<Cell[][]> {
  const size = limits.isFrugal ? FRUGAL_BATCH : USUAL_BATCH
  const most = Math.min(size.records, Math.max(1, Math.floor(size.cells / footer.leaves.length)))
  const place: Place = { offset: footer.offset, chars: 0, held }
  const read = await readWhole(file, group, limits)
  const cursors = footer.leaves.map((leaf, index) => {
    const chunk = group.chunks[index] ?? { codec: 0, values: 0, start: 0, end: 0 }
    const text = texts[index] ?? { toText: String, isLiteral: false }
    return new LeafCursor(file.path, leaf, chunk, new PageSource(file, chunk, held, read), text, place)
  })
  const assembler = new Assembler(cursors, texts, () => held.holdRecord(place.chars))
  await ofSeveral(cursors, (cursor) => cursor.pass(passed))
  for (let left = group.rows - passed; left > 0; ) {
    await ofSeveral(
      cursors.filter(({ available }) => available <= 0),
      (cursor) => cursor.load(),
    )
    const atHand = Math.min(left, most, ...cursors.map(({ available }) => available))
    const rows: Cell[][] = []
    place.chars = 0
    guardAt(file.path, place, () => {
      while (rows.length < atHand && place.chars < size.chars) {
        rows.push(footer.root.children.map((column) => assembler.cell(column)))
        assembler.checkAligned()
      }
    })
    left -= rows.length
    yield rows
  }
  for (const cursor of cursors) cursor.checkEnd()
}

/** Small row groups are asked for at once instead of column by column. */
async function readWhole(
  file: RangedFile,
  { chunks }: RowGroup,
  { maxHeldBytes = Number.POSITIVE_INFINITY, isFrugal }: RangedLimits,
): Promise<{ window: Buffer; windowStart: number; aheadBytes: number }> {
  const present = chunks.filter(({ values }) => values > 0)
  const start = present.reduce((least, chunk) => Math.min(least, chunk.start), Number.POSITIVE_INFINITY)
  const end = present.reduce((most, chunk) => Math.max(most, chunk.end), 0)
  const allAhead = Math.min(isFrugal ? FRUGAL_AHEAD_BYTES : AHEAD_BYTES, maxHeldBytes / SHARE_AHEAD)
  const aheadBytes = Math.max(MIN_AHEAD_BYTES, Math.floor(allAhead / Math.max(1, chunks.length)))
  if (end - start > WHOLE_GROUP_BYTES || end <= start)
    return { window: Buffer.alloc(0), windowStart: 0, aheadBytes }
  return { window: await file.read(start, end), windowStart: start, aheadBytes }
}

async function ofSeveral(
  cursors: readonly LeafCursor[],
  act: (cursor: LeafCursor) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < cursors.length; at += LOADS_AT_ONCE) {
    const loads = await Promise.allSettled(cursors.slice(at, at + LOADS_AT_ONCE).map(act))
    for (const load of loads) if (load.status === 'rejected') throw load.reason
  }
}

function guardAt(path: string, place: Place, read: () => void): void {
  try {
    read()
  } catch (error) {
    guard(path, place.offset, () => {
      throw error
    })
  }
}

function sizeOf(rows: readonly Cell[][]): number {
  let bytes = 0
  for (const cells of rows) for (const cell of cells) bytes += Buffer.byteLength(cell ?? '')
  return bytes
}

/** Tells what is to be told of binary values, of each column once however often its file is begun. */
export function notesOn(facts: ReadFacts): BinaryNotes {
  const told = new Set<string>()
  return {
    binary: (leaf) => {
      const column = leaf.path.join('.')
      if (told.has(column)) return
      told.add(column)
      const message = `The column ${column} holds bytes that are no text: they are shown as base64.`
      facts.note({ reason: 'binary-as-base64', message, column })
    },
    brokenText: (leaf) => {
      const column = leaf.path.join('.')
      const message = `A value of the column ${column} is not UTF-8, though it should be: it is shown as base64.`
      facts.note({ reason: 'undecodable-bytes', message, column })
    },
  }
}
