import { describe, expect, it } from 'vitest'
import { cutBetweenFolders, keepPathOrder, widenToNames } from './keep-path-order'

describe('keepPathOrder', () => {
  it('marks the slashes of paths in Hebrew and Arabic', () => {
    expect(keepPathOrder('/דוחות/2026/קובץ.csv')).toBe('/\u200eדוחות/\u200e2026/\u200eקובץ.csv')
    expect(keepPathOrder('/logs/سجلات')).toBe('/\u200elogs/\u200eسجلات')
  })

  it('leaves other paths as they are', () => {
    for (const path of ['', '/', '/logs/2026/a.log', '/журнал/été/日誌/😀.log'])
      expect(keepPathOrder(path)).toBe(path)
  })
})

describe('cutBetweenFolders', () => {
  it('tears no word apart that runs from right to left', () => {
    expect(cutBetweenFolders('/דוחות/2026/קובץ', 3)).toBe(6)
    expect(cutBetweenFolders('/2026/קובץ', 7)).toBe(5)
  })

  it('cuts other paths where it is told', () => {
    expect(cutBetweenFolders('/logs/2026/a.log', 3)).toBe(3)
  })
})

describe('widenToNames', () => {
  it('takes the whole names of what would be torn apart', () => {
    expect(widenToNames('/a/דוחות/2026', { start: 5, end: 6 })).toEqual({ start: 3, end: 8 })
    expect(widenToNames('/a/דוחות', { start: 3, end: 4 })).toEqual({ start: 3, end: 8 })
    expect(widenToNames('/a/דוחות', { start: 0, end: 2 })).toEqual({ start: 0, end: 2 })
  })

  it('leaves parts of other paths as they are', () => {
    expect(widenToNames('/a/reports/2026', { start: 5, end: 6 })).toEqual({ start: 5, end: 6 })
  })
})
