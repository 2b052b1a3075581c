import { expect, test } from 'vitest'
import { countChecks, countPlaywright, countVitest, judge } from './reports.mjs'

const vitest = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  success: true,
  testResults: [],
}

test.each([
  ['all passed', vitest, { passed: 5, failed: 0, skipped: 0 }],
  [
    'skipped and to do',
    { ...vitest, numPendingTests: 2, numTodoTests: 1 },
    { passed: 5, failed: 0, skipped: 3 },
  ],
  ['an error outside any test', { ...vitest, success: false }, { passed: 5, failed: 1, skipped: 0 }],
  [
    'a file that could not be loaded',
    { ...vitest, success: false, testResults: [{ status: 'failed', assertionResults: [] }] },
    { passed: 5, failed: 1, skipped: 0 },
  ],
])('counts what Vitest reports: %s', (_, report, count) => {
  expect(countVitest(report)).toEqual(count)
})

test('counts what Playwright reports: flaky is failed, and so is an error outside any test', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 7, failed: 3, skipped: 2 })
})

test.each([
  ['a suite that passed', { passed: 3, failed: 0, skipped: 0 }, 0, false, { passed: 3, failed: 0 }],
  ['a suite that failed', { passed: 3, failed: 2, skipped: 0 }, 1, false, { passed: 3, failed: 2 }],
  ['no report', null, 0, false, { passed: 0, failed: 1 }],
  ['skipped tests', { passed: 3, failed: 0, skipped: 2 }, 0, false, { passed: 3, failed: 2 }],
  ['tests left out on request', { passed: 3, failed: 0, skipped: 2 }, 0, true, { passed: 3, failed: 0 }],
  ['an empty run', { passed: 0, failed: 0, skipped: 0 }, 0, false, { passed: 0, failed: 1 }],
  [
    'an end that the report does not explain',
    { passed: 3, failed: 0, skipped: 0 },
    1,
    false,
    { passed: 3, failed: 1 },
  ],
])('judges %s', (_, count, exitCode, partial, verdict) => {
  expect(judge(count, exitCode, { partial })).toMatchObject(verdict)
})

test('checks count as many as they are', () => {
  expect(countChecks({ passed: 8, failed: 1 })).toEqual({ passed: 8, failed: 1, skipped: 0 })
})
