import 'server-only'
import { readFileSync } from 'node:fs'
import { Failure } from '#lib/domain/errors'
import type { ReadLimits } from '#lib/server/reader/meter'
import { readRecords } from '#lib/server/reader/read-records'
import type { Cell, ReadFacts } from '#lib/server/reader/records'

/** The bytes of a Parquet fixture by its name without ending. */
export function parquetFixture(name: string): Buffer {
  return readFileSync(new URL(`../reader/fixtures/parquet/${name}.parquet`, import.meta.url))
}

/** What a fixture is known to hold. */
export function parquetExpectation(name: string): unknown[] {
  return JSON.parse(readFileSync(new URL(`../reader/fixtures/parquet/${name}.json`, import.meta.url), 'utf8'))
}

export interface ParquetOutcome {
  cells: Cell[][]
  texts: string[]
  facts: ReadFacts
  failure: Failure | undefined
}

/** Reads Parquet that is at hand, and tells all that came of it; anything thrown but a `Failure` is thrown on. */
export async function readParquet(
  bytes: Buffer,
  limits: ReadLimits = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ParquetOutcome> {
  async function* once() {
    yield bytes
  }
  const reading = readRecords(
    { bytes: once(), path: '/a.parquet' },
    { type: 'parquet', params: {} },
    limits,
    signal,
  )
  const outcome: ParquetOutcome = { cells: [], texts: [], facts: reading.facts, failure: undefined }
  try {
    for await (const batch of reading) {
      for (let index = 0; index < batch.count; index++) {
        outcome.cells.push(batch.cells(index))
        outcome.texts.push(batch.text(index))
      }
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    outcome.failure = error
  }
  return outcome
}
