import { expect, test } from 'vitest'
import { findBelow } from './advisories.mjs'

test.each([
  ['16.4.5', false],
  ['16.4.6', false],
  ['17.0.0', false],
  ['16.10.0', false],
  ['16.4.4', true],
  ['15.9.9', true],
  ['16.4.5-canary.1', true],
])('a floor of 16.4.5 against %s', (version, below) => {
  const packages = { 'node_modules/next': { version }, 'node_modules/nextra': { version: '1.0.0' } }
  expect(findBelow({ next: { atLeast: '16.4.5', why: 'reason' } }, packages)).toHaveLength(below ? 1 : 0)
})

test('finds a package below another one', () => {
  const packages = { 'node_modules/a/node_modules/next': { version: '1.0.0' } }
  expect(findBelow({ next: { atLeast: '2.0.0', why: 'reason' } }, packages)).toEqual([
    'node_modules/a/node_modules/next is 1.0.0; at least 2.0.0 is needed: reason',
  ])
})
