import { describe, expect, it } from 'vitest'
import { requestsFor, sayEstimate, sayRest, twoDigits } from './say-scan'

describe('what a scan costs', () => {
  it('is told as far as it was measured', () => {
    const measured = { probes: 24, requestMs: 6, atLeast: false }
    expect(sayEstimate({ ...measured, objects: 45_312 })).toBe(
      'about 45,000 objects here by a look at 24 places; listing them all takes about 45 requests, 270 ms at 6 ms each',
    )
    expect(sayEstimate({ ...measured, objects: 100_001, atLeast: true })).toBe(
      'more than 100,000 objects here; listing them all takes more than 100 requests, 0.6 s at 6 ms each',
    )
  })

  it.each([
    [1, 1],
    [99, 99],
    [1_205, 1_200],
    [45_612, 46_000],
    [0, 0],
  ])('%i is about %i', (count, about) => expect(twoDigits(count)).toBe(about))

  it('of the rest is told at the pace of the listing', () => {
    const estimate = { objects: 451_000, atLeast: false, probes: 24, requestMs: 6 }
    const listing = { listed: 100_000, requests: 100, durationMs: 2_000 }
    expect(sayRest({ ...listing, estimate })).toBe(
      'There are about 450,000: all of them take about 450 requests, 9.0 s at the pace of this listing.',
    )
    const unknown = 'There are more; each 1,000 take a request, 20 ms at the pace of this listing.'
    expect(sayRest({ ...listing, estimate: { ...estimate, atLeast: true } })).toBe(unknown)
    expect(sayRest({ ...listing, estimate: { ...estimate, objects: 90_000 } })).toBe(unknown)
  })

  it('takes a request for each thousand', () => {
    expect([999, 1_000, 1_001].map(requestsFor)).toEqual([1, 1, 2])
  })
})
