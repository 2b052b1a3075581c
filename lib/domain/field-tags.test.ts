import { expect, test } from 'vitest'
import { lostFields } from './field-tags'

const tagsOf = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, JSON.stringify(value)]))

/** What is lost when `sent` is saved over `current` by someone who had read `read`. */
const lost = (read: object, current: object, sent: object) =>
  lostFields({ now: tagsOf({ ...current }), sent: tagsOf({ ...sent }), read: tagsOf({ ...read }) })

test('a field that nobody changed may be changed; one that was changed comes as it stands', () => {
  const read = { label: 'Old', tags: ['a'] }
  const current = { label: 'New', tags: ['a'] }
  expect(lost(read, current, { label: 'New', tags: [] })).toEqual([])
  expect(lost(read, current, { label: 'Old', tags: ['b'] })).toEqual(['label'])
  expect(lost(read, current, { label: 'Mine', tags: ['a'] })).toEqual(['label'])
})

test('what was taken off a list does not come back with the text of someone who did not know', () => {
  expect(lost({ tags: ['a', 'b'] }, { tags: ['a'] }, { tags: ['a', 'b'] })).toEqual(['tags'])
  expect(lost({ tags: ['a', 'b'] }, { tags: ['a'] }, { tags: ['a', 'b', 'c'] })).toEqual(['tags'])
  expect(lost({ kept: { a: 1, b: 2 } }, { kept: { a: 1 } }, { kept: { a: 1, b: 2, c: 3 } })).toEqual(['kept'])
})

test('who saves twice what they read once may, but for rights', () => {
  const tags = { now: { tags: 'saved' }, sent: { tags: 'more' }, read: { tags: 'read' } }
  expect(lostFields(tags)).toEqual(['tags'])
  const isOwn = (field: string, mark: string | undefined) => field === 'tags' && mark === 'saved'
  expect(lostFields({ ...tags, isOwn })).toEqual([])
  expect(lostFields({ ...tags, isOwn, rights: ['tags'] })).toEqual(['tags'])
})

test('a field that came or went since counts as changed', () => {
  expect(lost({}, { color: 'red' }, {})).toEqual(['color'])
  expect(lost({}, { color: 'red' }, { color: 'red' })).toEqual([])
  expect(lost({ color: 'red' }, {}, { color: 'red' })).toEqual(['color'])
})
