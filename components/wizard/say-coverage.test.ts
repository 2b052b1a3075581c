import { expect, test } from 'vitest'
import { sayCoverage } from './say-coverage'

test('what a suggestion matches is said of example paths, or of the files that a listing counted by it', () => {
  const suggestion = { filePathPattern: '/%Y/%M/%D/.*', matched: 25, total: 25 }
  const counted = { filePathPattern: '/%Y/%M/%D/.*', matched: 2_990, unmatched: 10, what: 'file' }
  expect(sayCoverage(suggestion, null)).toBe('matches 25 of 25 example paths')
  expect(sayCoverage(suggestion, counted)).toBe('matches 2,990 of 3,000 files')
  expect(sayCoverage(suggestion, { ...counted, filePathPattern: '/%Y/.*' })).toBe(
    'matches 25 of 25 example paths',
  )
})
