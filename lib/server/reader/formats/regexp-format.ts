import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { parseLinePattern } from '#lib/domain/formats/line-pattern'
import type { RegexpParams } from '#lib/domain/formats/regexp-params'
import type { ByteQueue } from '../byte-queue'
import { type FormatReader, textSettings } from '../format-reader'
import type { ReadLimits } from '../meter'
import type { ReadFacts, RecordBatch } from '../records'
import { decodeToUtf8 } from '../text/decode'
import { splitLines } from '../text/split-lines'
import { MatchedLines } from './regexp-lines'

/** Steps of matching after which timers get their turn: a deadline cannot end what never waits. */
const STEPS_IN_A_ROW = 50_000_000

/** Lines taken apart by a regular expression: each named group is a column, null where it took no part in a match. */
export const readRegexp: FormatReader<RegexpParams> = (params) => ({
  access: 'stream',
  ...textSettings(params),
  read: (bytes, facts, limits) => readLines(bytes, params, facts, limits),
})

async function* readLines(
  bytes: ByteQueue,
  { pattern, unmatchedLines, charset, maxLineChars }: RegexpParams,
  facts: ReadFacts,
  { largeRecords }: Pick<ReadLimits, 'largeRecords'>,
): AsyncGenerator<RecordBatch> {
  const parsed = parseLinePattern(pattern)
  if (!parsed.ok) {
    throw new Failure('validation_failed', parsed.issues[0]?.message ?? '', {
      reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
      where: facts.path,
      remedy: 'Correct the regular expression.',
      issues: parsed.issues,
    })
  }
  const { columns, states } = parsed.value
  // The files of an archive have the same columns.
  if (facts.columns.length === 0) facts.columns.push(...columns.map((name) => ({ name, type: 'string' })))
  const limits = { path: facts.path, maxLineChars, firstRecord: facts.records + 1, largeRecords }
  const matched = new MatchedLines(parsed.value, unmatchedLines, facts)
  let steps = 0
  try {
    for await (const lines of splitLines(decodeToUtf8(bytes, charset, facts), limits)) {
      for (let index = 0; index < lines.count; index++) {
        steps += matched.add(lines, index) * states
        if (steps < STEPS_IN_A_ROW && !matched.isDue) continue
        if (steps >= STEPS_IN_A_ROW) {
          steps = 0
          await setImmediate()
        }
        yield* matched.take()
      }
      if (largeRecords?.isHeld) lines.release?.()
      yield* matched.take()
    }
    matched.settle(true)
  } finally {
    matched.settle()
  }
}
