import { expect, test } from 'vitest'
import { holds, lostFields } from './field-tags'

test.each([
  ['the same', { a: [1] }, { a: [1] }, true],
  ['more keys', { a: 1, b: 2 }, { a: 1 }, true],
  ['more items', ['x', 'y'], ['x'], true],
  ['an item changed', [{ name: 'date', type: 'value' }], [{ name: 'date', type: 'time' }], false],
  ['an item gone', [], ['x'], false],
  ['another text', 'b', 'a', false],
  ['a key gone', {}, { a: 1 }, false],
  ['null for nothing', null, undefined, true],
  ['an object for a list', { 0: 'x' }, ['x'], false],
])('%s', (_, value, part, expected) => {
  expect(holds(value, part)).toBe(expected)
})

const tagsOf = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, JSON.stringify(value)]))

/** What is lost when `sent` is saved over `current` by someone who had read `read`. */
const lost = (read: object, current: object, sent: object) =>
  lostFields({
    current: { ...current },
    now: tagsOf({ ...current }),
    sent: { ...sent },
    sentTags: tagsOf({ ...sent }),
    read: tagsOf({ ...read }),
  })

test('a field that nobody changed may be changed; one that was changed must be held', () => {
  const read = { label: 'Old', tags: ['a'] }
  const current = { label: 'New', tags: ['a'] }
  expect(lost(read, current, { label: 'New', tags: [] })).toEqual([])
  expect(lost(read, current, { label: 'Old', tags: ['b'] })).toEqual(['label'])
  expect(lost(read, current, { label: 'Mine', tags: ['a'] })).toEqual(['label'])
})

test('what was taken off a list does not come back with the text of someone who did not know', () => {
  expect(lost({ tags: ['a', 'b'] }, { tags: ['a'] }, { tags: ['a', 'b'] })).toEqual(['tags'])
})

test('who saves twice what they read once may', () => {
  expect(lost({ tags: [] }, { tags: ['a'] }, { tags: ['a', 'b'] })).toEqual([])
  expect(
    lost({ params: { path: '/' } }, { params: { path: '/', x: 1 } }, { params: { path: '/b', x: 1 } }),
  ).toEqual(['params'])
})

test('a field that came or went since counts as changed', () => {
  expect(lost({}, { color: 'red' }, {})).toEqual(['color'])
  expect(lost({}, { color: 'red' }, { color: 'red' })).toEqual([])
  expect(lost({ color: 'red' }, {}, { color: 'red' })).toEqual(['color'])
})
