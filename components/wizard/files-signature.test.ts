import { expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { filesSignature, sayFormerPlace } from './files-signature'

const { params } = newDefinition()
const listed = { params: { ...params, connection: 'lake', bucket: 'logs', path: '/2026/11/' } }
const rules = { ...params.filesSelectionRules, mode: 'RULES_INCLUDED_ONLY' } as const

test.each([
  ['the same', {}, null],
  ['other rules of the same place', { filesSelectionRules: rules }, null],
  ['another path', { path: '/2026/12/' }, '/2026/11/'],
  ['another bucket', { bucket: 'audit' }, '/2026/11/ of bucket logs'],
  ['another connection', { connection: 'sea', path: '/' }, '/2026/11/ of connection lake'],
])('a listing that was there before: %s', (_, change, place) => {
  const now = { params: { ...listed.params, ...change } }
  expect(sayFormerPlace(filesSignature(listed), now)).toBe(place)
  expect(filesSignature(now) === filesSignature(listed)).toBe(Object.keys(change).length === 0)
})
