import 'server-only'
import fc from 'fast-check'
import { expect } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { DEFAULT_LINE_FORMAT, type LineFormat } from '#lib/domain/formats/line'
import type { ReadLimits } from '#lib/server/reader/meter'
import { readRecords } from '#lib/server/reader/read-records'

export const NEVER = new AbortController().signal

/** The format of one record per line, with some settings of its own. */
export function lineFormat(params: Partial<LineFormat['params']> = {}): LineFormat {
  return { type: 'line', params: { ...DEFAULT_LINE_FORMAT.params, ...params } }
}

/** Cuts bytes at the given sizes, over and over. */
export async function* cut(bytes: Uint8Array, sizes: number[]) {
  let turn = 0
  for (let at = 0; at < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[turn % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += Math.max(size, 1)
    if (size === 0) yield new Uint8Array(0)
  }
}

interface Outcome {
  lines: string[]
  replaced: number
  problems: string[]
  reason?: string | undefined
  offset?: number | undefined
}

interface Options {
  params?: Partial<LineFormat['params']>
  limits?: ReadLimits
  path?: string
  sizes?: number[]
}

/** Reads bytes at hand, cut into chunks of the given sizes, and tells all that came of it. */
export async function read(
  bytes: Uint8Array,
  { params = {}, limits = {}, path = '/a.log', sizes = [] }: Options = {},
): Promise<Outcome> {
  const reading = readRecords({ bytes: cut(bytes, sizes), path }, lineFormat(params), limits, NEVER)
  const lines: string[] = []
  let failure: Failure | undefined
  try {
    for await (const batch of reading) {
      expect(batch.firstRecord).toBe(lines.length + 1)
      for (let index = 0; index < batch.count; index++) lines.push(batch.text(index))
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    failure = error
  }
  const { replacedBytes, problems } = reading.facts
  expect(failure?.details.where ?? path).toBe(path)
  return {
    lines,
    replaced: replacedBytes,
    problems: problems.map(({ reason }) => reason),
    reason: failure?.details.reason,
    offset: failure?.details.offset,
  }
}

/** How to cut bytes, over and over. */
export const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
/** Bytes in which line ends, broken sequences and marks are common. */
export const bytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '0a',
        '0d',
        '0d0a',
        'e28282',
        'f09f9982',
        'e282',
        'f09f99',
        'c3',
        'ff',
        '80',
        'efbfbd',
        'efbbbf',
        '00',
        'd83d',
        '41',
      ),
      fc.uint8Array({ minLength: 1, maxLength: 1 }).map((byte) => Buffer.from(byte).toString('hex')),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'hex'))

/** Reads all batches; how many records they held. */
export async function gatherCount(reading: AsyncIterable<{ count: number }>): Promise<number> {
  let count = 0
  for await (const batch of reading) count += batch.count
  return count
}
