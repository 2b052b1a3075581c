import 'server-only'
import { findRootPaths } from '#lib/domain/formats/find-root-paths'
import type { JsonParams } from '#lib/domain/formats/json-params'
import { JsonScanner } from '#lib/domain/formats/json-scanner'
import { readRootPath } from '#lib/domain/formats/root-path'
import type { ByteQueue } from '../byte-queue'
import { type FormatReader, textSettings } from '../format-reader'
import type { ReadLimits } from '../meter'
import type { ReadFacts, RecordBatch } from '../records'
import { decodeToText } from '../text/decode-text'
import { JsonRecords, type PieceOffsets } from './json-records'

/** JSON objects, however they stand in the file; each of their names is a column. */
export const readJson: FormatReader<JsonParams> = (params) => ({
  access: 'stream',
  ...textSettings(params),
  read: (bytes, facts, limits) => readRecords(bytes, params, facts, limits),
})

async function* readRecords(
  bytes: ByteQueue,
  params: JsonParams,
  facts: ReadFacts,
  { largeRecords, restAfterMs }: Pick<ReadLimits, 'largeRecords' | 'restAfterMs'>,
): AsyncGenerator<RecordBatch> {
  const offsets = new TextOffsets(await bytes.peek(BOM.length), facts)
  const records = new JsonRecords(facts, params.maxDepth, offsets)
  const start = new TextStart()
  const scanner = new JsonScanner(readRootPath(params.rootPath), records)
  try {
    const texts = decodeToText(bytes, params.charset, facts)
    for await (const text of restAfterMs === undefined ? texts : inPieces(texts)) {
      offsets.piece = text
      if (params.rootPath !== '' && !scanner.reachedRecords) start.add(text)
      scanner.push(text)
      offsets.endPiece()
      const batch = records.flush()
      if (batch !== undefined) yield batch
      await largeRecords?.hold(scanner.heldChars)
    }
    scanner.end()
  } catch (failure) {
    // What was read before a fault does not depend on where the bytes were cut.
    const batch = records.flush()
    if (batch !== undefined) yield batch
    throw failure
  }
  const batch = records.flush()
  if (batch !== undefined) yield batch
  if (params.rootPath !== '' && !scanner.reachedRecords && !records.hasFault)
    tellMissingRoot(params.rootPath, start.text, facts)
}

/** Where records may wait for a reader: those of a few characters take many times as much. */
const RESTING_PIECE_CHARS = 16 * 1024

/** None of which ends between the halves of a character, so that places are known in bytes. */
async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) {
    for (let at = 0; at < text.length; ) {
      let end = at + RESTING_PIECE_CHARS
      if (end < text.length && text.charCodeAt(end) >>> 10 === LOW_SURROGATE) end++
      yield text.slice(at, end)
      at = end
    }
  }
}

const LOW_SURROGATE = 0xdc00 >>> 10

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

const REPLACEMENT = '\ufffd'

/** Knows the byte offsets of places in UTF-8 text, as long as all before them decodes. */
class TextOffsets implements PieceOffsets {
  piece = ''
  private before: number
  /** Where the first replacement stands: behind it, places in bytes are not known. */
  private replacedAt = Number.POSITIVE_INFINITY
  /** The place in the piece that was asked for last: a piece in which faults are many is not counted anew for each. */
  private passed = START

  constructor(
    start: Buffer,
    private readonly facts: ReadFacts,
  ) {
    this.before = start.equals(BOM) ? BOM.length : 0
  }

  of(at: number): number | undefined {
    if (this.facts.charset !== 'utf-8') return undefined
    const from = this.passed.at <= at ? this.passed : START
    const text = this.piece.slice(from.at, at)
    const isReplaced = from.isReplaced || text.includes(REPLACEMENT)
    this.passed = { at, bytes: from.bytes + Buffer.byteLength(text), isReplaced }
    const offset = this.before + this.passed.bytes
    return offset > this.replacedAt || isReplaced ? undefined : offset
  }

  goBack(piece: string): void {
    // Both end at the same place.
    this.before += Buffer.byteLength(this.piece) - Buffer.byteLength(piece)
    this.piece = piece
    this.passed = START
  }

  endPiece(): void {
    const replaced = this.piece.indexOf(REPLACEMENT)
    if (replaced >= 0 && this.replacedAt === Number.POSITIVE_INFINITY)
      this.replacedAt = this.before + Buffer.byteLength(this.piece.slice(0, replaced))
    this.before += Buffer.byteLength(this.piece)
    this.piece = ''
    this.passed = START
  }
}

const START = { at: 0, bytes: 0, isReplaced: false }

/** How much of a text is looked at for lists of records, in UTF-16 units. */
const LOOKED_CHARS = 64 * 1024

/** The beginning of a text, as it comes in pieces. */
class TextStart {
  text = ''

  add(piece: string): void {
    if (this.text.length < LOOKED_CHARS) this.text += piece.slice(0, LOOKED_CHARS - this.text.length)
  }
}

function tellMissingRoot(rootPath: string, start: string, facts: ReadFacts): void {
  facts.note({
    reason: 'no-root-path',
    message: `Nothing in this file stands at the root path "${rootPath.slice(0, 100).toWellFormed()}", so it has no records.`,
    remedy: 'Choose another root path, or leave it empty.',
    fixes: findRootPaths(start).map((found) => ({
      label: found === '' ? 'Read the objects themselves' : `Read the records below ${found.slice(0, 100)}`,
      params: { rootPath: found },
    })),
  })
}
