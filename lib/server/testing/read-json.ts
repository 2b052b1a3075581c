import 'server-only'
import { expect } from 'vitest'
import { Failure } from '#lib/domain/errors'
import type { JsonFormat } from '#lib/domain/formats/json'
import type { ReadLimits } from '#lib/server/reader/meter'
import { readRecords } from '#lib/server/reader/read-records'
import type { Cell } from '#lib/server/reader/records'
import { cut, NEVER } from './read-bytes'

export type Params = Partial<JsonFormat['params']>

export const KEEP: ReadLimits = { recordFaults: 'keep' }

/** Reads JSON cut into chunks of the given sizes, and tells all that came of it. */
export async function readJson(
  input: string | Uint8Array,
  params: Params = {},
  limits = KEEP,
  chunking: number[] = [],
) {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  const format: JsonFormat = {
    type: 'json',
    params: { charset: 'utf8', compress: 'none', maxDepth: 1, rootPath: '', ...params },
  }
  const reading = readRecords({ bytes: cut(bytes, chunking), path: '/a.json' }, format, limits, NEVER)
  const records: { text: string; cells: Cell[]; unparsed?: string; chars?: number }[] = []
  let failure: Failure | undefined
  try {
    for await (const batch of reading) {
      expect(batch.firstRecord).toBe(records.length + 1)
      for (let index = 0; index < batch.count; index++) {
        const unparsed = batch.unparsed(index)
        const chars = batch.tooLarge(index)?.chars
        records.push({
          text: batch.text(index),
          cells: batch.cells(index),
          ...(unparsed === undefined ? {} : { unparsed }),
          ...(chars === undefined ? {} : { chars }),
        })
      }
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failure = error
  }
  const { facts } = reading
  const columns = facts.columns.map(({ name }) => name)
  const problems = facts.problems.map(({ reason, message, record, offset, excerpt, fixes }) => ({
    reason,
    message,
    record,
    offset,
    excerpt,
    fixes,
  }))
  return { records, columns, problems, unparsed: facts.unparsed, failure: failure?.message }
}

/** Records as objects without what they do not have; what could not be taken apart as `!` and its text. */
export function shown({ records, columns }: Awaited<ReturnType<typeof readJson>>): unknown[] {
  return records.map(({ text, cells, unparsed }) =>
    unparsed === undefined
      ? Object.fromEntries(
          columns.flatMap((name, place) => (cells[place] === undefined ? [] : [[name, cells[place]]])),
        )
      : `!${text}`,
  )
}
