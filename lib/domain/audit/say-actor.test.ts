import { expect, test } from 'vitest'
import { sayActor, saySystemActor } from './say-actor'

test.each([
  ['system:machine', 'this server (command line)'],
  ['system:seed-demo', 'demo data'],
  ['system:activate-extension', 'Launchpad'],
  ['system:__proto__', 'Launchpad'],
  ['system:', 'Launchpad'],
])('%s is said as %s', (actor, words) => {
  expect(sayActor(actor)).toBe(words)
})

test('people and keys keep their names', () => {
  for (const actor of ['ada.lind', 'key:nightly export', 'systematic', 'Ada Lind']) {
    expect(saySystemActor(actor)).toBeNull()
    expect(sayActor(actor)).toBe(actor)
  }
})
