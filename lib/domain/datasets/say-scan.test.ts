import { describe, expect, it } from 'vitest'
import {
  isToBeAsked,
  requestsFor,
  sayEstimate,
  sayFolders,
  sayObjects,
  sayRest,
  sayTaken,
  twoDigits,
} from './say-scan'
import type { ScanCost } from './scan-cost'

const measured: ScanCost = {
  objects: 45_312,
  certainty: 'about',
  requests: 46,
  probes: 24,
  requestMs: 6,
  folders: [],
  foldersTotal: 0,
  examples: [],
}

describe('what a scan costs', () => {
  it('is told as far as it was measured', () => {
    expect(sayEstimate(measured)).toBe(
      'about 45,000 objects here by a look at 24 places; listing them all takes about 46 requests, 276 ms at 6 ms each one after another',
    )
    const atLeast = { ...measured, objects: 100_001, certainty: 'at-least', requests: 101 } as const
    expect(sayEstimate(atLeast)).toBe(
      'at least 100,000 objects here; listing them all takes at least 100 requests, 0.6 s at 6 ms each one after another',
    )
    expect(sayObjects({ objects: 4_512, certainty: 'exact' })).toBe('4,512 objects')
  })

  it('is asked about beyond a page of objects', () => {
    const exactly = (objects: number): ScanCost => ({ ...measured, objects, certainty: 'exact' })
    expect([999, 1_000, 1_001].map((objects) => isToBeAsked(exactly(objects)))).toEqual([false, false, true])
    expect(isToBeAsked({ ...measured, objects: 900 })).toBe(true)
    // Of a page that holds all, with folders that are passed by.
    expect(isToBeAsked({ ...measured, objects: 6, requests: 1 })).toBe(false)
  })

  it('goes as far as the scan budget, also where folders take requests', () => {
    expect(sayTaken(measured, 10_000)).toBe('about 11 requests, 66 ms at 6 ms each one after another')
    expect(sayTaken({ ...measured, requests: 9_000 }, 10_000)).toBe(
      'about 2,000 requests, 12 s at 6 ms each one after another',
    )
    expect(sayTaken(measured, 100_000)).toBe(sayTaken(measured, null))
  })

  it('names the largest folders that are walked', () => {
    const folder = (path: string, objects: number, atLeast = false) => ({ path, objects, atLeast })
    const five = [
      folder('/a/', 10),
      folder('/b/', 4_321, true),
      folder('/c/', 1),
      folder('/d/', 7),
      folder('/e/', 3),
    ]
    expect(sayFolders({ folders: five, foldersTotal: 12 })).toBe(
      'It walks 12 folders: /b/ with at least 4,300 objects, /a/ with about 10 objects, /d/ with about 7 objects, /e/ with about 3 objects and 8 others.',
    )
    expect(sayFolders({ folders: [folder('/a/', 1)], foldersTotal: 1 })).toBe(
      'It walks 1 folder: /a/ with about 1 object.',
    )
    expect(sayFolders({ folders: [folder('/a/', 1)], foldersTotal: null })).toBe(
      'It walks folders such as /a/ with about 1 object.',
    )
    expect(sayFolders({ folders: [], foldersTotal: 0 })).toBe(null)
  })

  it.each([
    [1, 1],
    [99, 99],
    [1_205, 1_200],
    [45_612, 46_000],
    [0, 0],
  ])('%i is about %i', (count, about) => expect(twoDigits(count)).toBe(about))

  it('of the rest is told at the pace of the listing', () => {
    const estimate = { ...measured, objects: 451_000 }
    const listing = { listed: 100_000, requests: 100, durationMs: 2_000 }
    expect(sayRest({ ...listing, estimate })).toBe(
      'There are about 450,000: all of them take about 450 requests, 9.0 s at the pace of this listing.',
    )
    const unknown = 'There are more; each 1,000 take a request, 20 ms at the pace of this listing.'
    expect(sayRest({ ...listing, estimate: { ...estimate, certainty: 'at-least' as const } })).toBe(unknown)
    expect(sayRest({ ...listing, estimate: { ...estimate, objects: 90_000 } })).toBe(unknown)
  })

  it('takes a request for each thousand', () => {
    expect([999, 1_000, 1_001].map(requestsFor)).toEqual([1, 1, 2])
  })
})
