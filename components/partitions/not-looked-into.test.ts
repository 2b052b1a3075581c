import { expect, test } from 'vitest'
import { sayPassed } from './not-looked-into'

test.each([
  [['/archive/old/'], 1, false, 'nothing in it can match: /archive/old/.'],
  [['/archive/', '/tmp/'], 2, false, 'nothing in them can match: /archive/ and /tmp/.'],
  [['/a/', '/b/', '/c/', '/d/'], 1_200, false, 'nothing in them can match: /a/, /b/, /c/ and 1,197 more.'],
  [['/a/'], 1, true, 'nothing in them can match: /a/ and more.'],
])('folders that were passed by are named: %j of %i', (folders, count, more, said) => {
  expect(sayPassed({ folders, count, more })).toBe(`Not looked into, since ${said}`)
})

test('folders that were not noted are told without a name', () => {
  expect(sayPassed({ folders: [], count: 0, more: true })).toBe(
    'Not looked into: folders in which nothing can match.',
  )
})
