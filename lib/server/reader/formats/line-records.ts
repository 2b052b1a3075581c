import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import type { LineParser, LineRecords } from '#lib/domain/formats/line-records'
import type { ByteQueue } from '../byte-queue'
import { type StreamFormat, textSettings } from '../format-reader'
import type { ReadLimits } from '../meter'
import type { ReadFacts, RecordBatch } from '../records'
import { decodeToUtf8 } from '../text/decode'
import { splitLines } from '../text/split-lines'
import { ParsedLines } from './parsed-lines'

/** Steps of taking apart after which timers get their turn: a deadline cannot end what never waits. */
const STEPS_IN_A_ROW = 50_000_000

/** The reader of every format whose description says how lines are read. */
export function readLineRecords({ text, open }: LineRecords): StreamFormat {
  // The files of an archive have the same columns.
  let parser: LineParser | undefined
  return {
    access: 'stream',
    ...textSettings(text),
    read: (bytes, facts, limits) => {
      parser ??= openAt(facts.path, open)
      return readLines(bytes, parser, text, facts, limits)
    },
  }
}

/** Says of settings that nothing can be read by where that was noticed. */
function openAt(path: string, open: () => LineParser): LineParser {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.kind, error.message, { where: path, ...error.details }, { cause: error })
  }
}

async function* readLines(
  bytes: ByteQueue,
  parser: LineParser,
  { charset, maxLineChars }: LineRecords['text'],
  facts: ReadFacts,
  { largeRecords }: Pick<ReadLimits, 'largeRecords'>,
): AsyncGenerator<RecordBatch> {
  const limits = { path: facts.path, maxLineChars, firstRecord: facts.records + 1, largeRecords }
  const parsed = new ParsedLines(parser, facts)
  let steps = 0
  try {
    for await (const lines of splitLines(decodeToUtf8(bytes, charset, facts), limits)) {
      for (let index = 0; index < lines.count; index++) {
        steps += parsed.add(lines, index)
        if (steps < STEPS_IN_A_ROW && !parsed.isDue) continue
        if (steps >= STEPS_IN_A_ROW) {
          steps = 0
          await setImmediate()
        }
        yield* parsed.take()
      }
      if (largeRecords?.isHeld) lines.release?.()
      yield* parsed.take()
    }
    parsed.settle(true)
  } finally {
    parsed.settle()
  }
}
