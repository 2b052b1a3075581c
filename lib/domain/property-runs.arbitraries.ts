import { vi } from 'vitest'

// As many runs as someone asks for take as long as they take.
vi.setConfig({ testTimeout: 3_600_000 })

/**
 * How often a property is tried: `usual` times in a quick suite, otherwise as `LAUNCHPAD_PROPERTY_RUNS` asks. The
 * costly properties, whose single run takes milliseconds, name the `most` that is worth the time.
 */
export function propertyRuns(usual = 2000, most = Number.POSITIVE_INFINITY): { numRuns: number } {
  return { numRuns: Math.min(most, Number(process.env.LAUNCHPAD_PROPERTY_RUNS ?? usual)) }
}
