import { vi } from 'vitest'

// As many runs as someone asks for take as long as they take.
vi.setConfig({ testTimeout: 3_600_000 })

const PARSER_RUNS = 100_000

/**
 * How often a property is tried: `usual` times in a quick suite, otherwise as `LAUNCHPAD_PROPERTY_RUNS` asks. The
 * costly properties, whose single run takes milliseconds, name the `most` that is worth the time.
 *
 * `'parser'` is for what reads text or bytes of others: path patterns, range specifications, charsets, records, CSV, gzip
 * and the bodies of requests. Their central properties, that they never throw and lose nothing, are tried 100,000 times in
 * every suite, and are written so that a run takes less than a tenth of a millisecond.
 * @example fc.assert(fc.property(texts, check), propertyRuns('parser'))
 */
export function propertyRuns(
  usual: number | 'parser' = 2000,
  most = Number.POSITIVE_INFINITY,
): { numRuns: number } {
  const quick = usual === 'parser' ? PARSER_RUNS : usual
  return { numRuns: Math.min(most, Number(process.env.LAUNCHPAD_PROPERTY_RUNS ?? quick)) }
}
