import { expect, it } from 'vitest'
import { sayNoRecord } from './say-no-record'

const empty = { problems: [], columns: [], charset: 'utf8' }
const further = [{ path: '/b', charset: 'utf8', looksLike: null, truncatedBy: null, records: 0 }]
const problem = { reason: 'no-record', message: 'No record.', path: '/a' }
const columns = [{ name: 'id', type: 'string' }]

it.each([
  ['This file holds no record.', empty],
  ['This file holds a header and no record.', { ...empty, columns }],
  ['This file holds no record.', { ...empty, columns, charset: '' }],
  ['None of the 2 files that were read holds a record.', { ...empty, further }],
  ['No record could be read.', { ...empty, problems: [problem] }],
])('says "%s"', (said, preview) => {
  expect(sayNoRecord(preview)).toBe(said)
})
