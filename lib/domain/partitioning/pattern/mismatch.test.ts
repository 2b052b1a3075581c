import { expect, test } from 'vitest'
import { describeMismatch, describeMismatchOf, LEFT_OVER, type MismatchReason } from './mismatch'

test.each<[MismatchReason, string | null, string, string]>([
  ['impossible-date', null, 'names a date that does not exist', 'name a date that does not exist'],
  ['no-match', null, 'does not fit the pattern', 'do not fit the pattern'],
  ['no-match', LEFT_OVER, 'goes on where the pattern ends', 'go on where the pattern ends'],
  [
    'no-match',
    '%D',
    'does not have a day of two digits where the pattern has %D',
    'do not have a day of two digits where the pattern has %D',
  ],
  [
    'no-match',
    '%{region}',
    'has nothing where the pattern has %{region}',
    'have nothing where the pattern has %{region}',
  ],
  ['no-match', 'logs', 'does not fit the pattern at “logs”', 'do not fit the pattern at “logs”'],
  [
    'value-is-reserved',
    '%{region}',
    'has ALL or NP for %{region}, which stand for the whole dataset',
    'have ALL or NP for %{region}, which stand for the whole dataset',
  ],
  [
    'value-has-control-character',
    null,
    'holds a control character in a value',
    'hold a control character in a value',
  ],
])('%s of %s is told of one file and of more', (reason, part, one, more) => {
  expect(describeMismatchOf(1, { reason, part })).toBe(one)
  expect(describeMismatchOf(2, { reason, part })).toBe(more)
  expect(describeMismatch({ reason, part })).toBe(`${one.charAt(0).toUpperCase()}${one.slice(1)}.`)
})
