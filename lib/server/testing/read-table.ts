import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import type { FormatProblem } from '#lib/domain/formats/wire'
import type { ReadLimits } from '#lib/server/reader/meter'
import { readRecords } from '#lib/server/reader/read-records'
import type { Cell } from '#lib/server/reader/records'
import { cut, NEVER } from './read-bytes'

interface Options {
  limits?: ReadLimits
  path?: string
  /** How the bytes are cut, over and over; whole unless told. */
  sizes?: number[]
}

/** All that came of reading one file with columns. */
export interface TableOutcome {
  columns: string[]
  rows: Cell[][]
  /** Each record as it stands in the file. */
  texts: string[]
  /** Reasons of the records that were not taken apart, by their place. */
  unparsed: Record<number, string>
  skipped: number
  problems: FormatProblem[]
  /** What ended the reading. */
  failure: Failure | undefined
}

/** Reads bytes at hand by any format; a failure is told beside the records before it, anything else is thrown. */
export async function readTable(
  bytes: Uint8Array,
  format: FormatSettings,
  { limits = {}, path = '/a', sizes = [] }: Options = {},
): Promise<TableOutcome> {
  const reading = readRecords({ bytes: cut(bytes, sizes), path }, format, limits, NEVER)
  const outcome: Omit<TableOutcome, 'columns' | 'skipped' | 'problems'> = {
    rows: [],
    texts: [],
    unparsed: {},
    failure: undefined,
  }
  try {
    for await (const batch of reading) {
      if (batch.firstRecord !== outcome.rows.length + 1) throw new Error('records are numbered wrongly')
      for (let index = 0; index < batch.count; index++) {
        const reason = batch.unparsed(index)
        if (reason !== undefined) outcome.unparsed[outcome.rows.length] = reason
        outcome.rows.push(batch.cells(index))
        outcome.texts.push(batch.text(index))
      }
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    outcome.failure = error
  }
  const { columns, skipped, problems, unparsed } = reading.facts
  if (unparsed !== Object.keys(outcome.unparsed).length)
    throw new Error('unparsed records are counted wrongly')
  return { ...outcome, columns: columns.map(({ name }) => name), skipped, problems }
}

/** A table as objects, for comparing with what another program read; what is absent is left out. */
export function toObjects({ columns, rows }: TableOutcome): Record<string, Cell>[] {
  return rows.map((cells) =>
    Object.fromEntries(
      columns.map((name, place) => [name, cells[place]] as const).filter(([, cell]) => cell !== undefined),
    ),
  )
}
