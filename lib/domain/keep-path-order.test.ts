import { describe, expect, it } from 'vitest'
import { cutBetweenFolders, keepPathOrder } from './keep-path-order'

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
