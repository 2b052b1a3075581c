import { expect, test } from 'vitest'
import { sayAlwaysAdmin } from './members-words'

test('an owner administers a project beside the administrators of the space, unless it is a program', () => {
  expect(sayAlwaysAdmin({ id: 'u1', name: 'Ann', login: 'ann' })).toBe('Its owner and space administrators')
  expect(sayAlwaysAdmin({ id: 'k1', name: 'nightly', login: null })).toBe('Space administrators')
})
