import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import type { ObjectStore } from '../../platform/object-store/types'
import { readRecords } from '../../reader/read-records'

/** A footer is read by two small ranges; the first record comes with it. */
const LIMITS = {
  maxRecords: 1,
  maxBytesIn: 16 * 1024 * 1024,
  maxHeldBytes: 16 * 1024 * 1024,
  recordFaults: 'keep',
} as const

/** A footer alone, of files that are looked at beside another one. */
export const FOOTER_BYTES = 1024 * 1024

/** The columns that a file says it has by itself; none where it cannot be read in time, or by `maxBytesIn`. */
export async function readFileColumns(
  store: ObjectStore,
  path: string,
  format: FormatSettings,
  deadlineMs: number,
  maxBytesIn: number = LIMITS.maxBytesIn,
): Promise<string[]> {
  const { signal } = store.permit
  const reading = readRecords({ store, path }, format, { ...LIMITS, maxBytesIn, deadlineMs }, signal)
  try {
    for await (const _ of reading) break
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error
  }
  return reading.facts.columns.map(({ name }) => name)
}
