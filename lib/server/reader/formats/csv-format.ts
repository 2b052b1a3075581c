import 'server-only'
import type { CsvParams } from '#lib/domain/formats/csv-params'
import { CsvParser, MAX_HELD_ROW_CHARS } from '#lib/domain/formats/csv-parser'
import type { ByteQueue } from '../byte-queue'
import { type FormatReader, textSettings } from '../format-reader'
import type { ReadLimits } from '../meter'
import type { ReadFacts, RecordBatch } from '../records'
import { decodeToText } from '../text/decode-text'
import { TextOffsets } from './csv-offsets'
import { CsvTable } from './csv-table'

/** Larger pieces are cut, so that a batch of records stays small. */
const MAX_PIECE_CHARS = 1024 * 1024
/** The same where records may wait for a reader: rows of a few characters take many times as much. */
const RESTING_PIECE_CHARS = 8 * 1024

/**
 * Separated values: the columns of the header row, or `col_0`, `col_1`. A shorter row lacks its last cells, a longer one adds
 * columns `col_N`; both are told. An empty line is no record, as for Python's `DictReader`, and is counted in
 * `facts.skipped`; as a row to skip it counts.
 */
export const readCsv: FormatReader<CsvParams> = (params) => ({
  access: 'stream',
  ...textSettings(params),
  read: (bytes, facts, limits) => readRows(bytes, params, facts, limits),
})

async function* readRows(
  bytes: ByteQueue,
  params: CsvParams,
  facts: ReadFacts,
  { largeRecords, restAfterMs }: Pick<ReadLimits, 'largeRecords' | 'restAfterMs'>,
): AsyncGenerator<RecordBatch> {
  const maxChars = Math.min(params.maxRowChars || Number.POSITIVE_INFINITY, MAX_HELD_ROW_CHARS)
  const pieceChars = restAfterMs === undefined ? MAX_PIECE_CHARS : RESTING_PIECE_CHARS
  const parser = new CsvParser(params, maxChars)
  const offsets = await TextOffsets.of(bytes, facts)
  const table = new CsvTable(params, maxChars, facts)
  try {
    for await (const text of decodeToText(bytes, params.charset, facts)) {
      for (let at = 0; at < text.length; at += pieceChars) {
        const piece = text.slice(at, at + pieceChars)
        const blocks = parser.push(piece)
        // One by one: what is not reached by the others may be a row of megabytes.
        for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) yield* table.take(block)
        offsets.pass(piece, parser.openQuote)
        if (parser.isOversize) table.refuseOversize()
        await largeRecords?.hold(parser.heldRowChars)
      }
    }
    const open = parser.openQuote
    for (const block of parser.end()) yield* table.take(block, open && offsets.openQuote)
    table.settle(true)
  } finally {
    table.close()
  }
}
