import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../root.mjs'
import { countChecks, countPlaywright, countVitest, judge } from './reports.mjs'

const said = (message) => ({ message })

class ToldTest {
  constructor([fullName, state, ...errors]) {
    this.fullName = fullName
    this.told = { state, errors }
  }
  result() {
    return this.told
  }
}

/** A file as Vitest tells of it. */
const moduleOf = ({ tests = [], groups = [], errors = [] }) => ({
  moduleId: path.join(ROOT, 'lib/a.test.ts'),
  errors: () => errors,
  children: {
    allTests: () => tests.map((test) => new ToldTest(test)),
    allSuites: () => groups.map(([fullName, ...found]) => ({ fullName, errors: () => found })),
  },
})
const PASSED = ['adds', 'passed']
const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] }

test.each([
  ['all passed', [moduleOf({ tests: [PASSED, ['takes off', 'passed']] })], [], { passed: 2 }],
  [
    'skipped and to do',
    [moduleOf({ tests: [PASSED, ['a', 'skipped'], ['b', 'pending']] })],
    [],
    { passed: 1, skipped: 2 },
  ],
  [
    'one that failed',
    [moduleOf({ tests: [PASSED, ['takes off', 'failed', said('\u001b[31mexpected 2\nto be 3\u001b[39m')]] })],
    [],
    { passed: 1, failed: 1, failures: ['lib/a.test.ts › takes off\n  expected 2\n  to be 3'] },
  ],
  [
    'a file that could not be loaded',
    [moduleOf({ errors: [said('no such module')] })],
    [],
    { failed: 1, failures: ['lib/a.test.ts › could not be run\n  no such module'] },
  ],
  [
    'a hook that failed',
    [moduleOf({ tests: [['adds', 'skipped']], groups: [['sums', said('no server')]] })],
    [],
    { failed: 1, skipped: 1, failures: ['lib/a.test.ts › sums\n  no server'] },
  ],
  [
    'an error outside of any test',
    [moduleOf({ tests: [PASSED] })],
    [said('refused')],
    { passed: 1, failed: 1, failures: ['vitest › an error outside of any test\n  refused'] },
  ],
])('counts and names what Vitest ran: %s', (_, modules, unhandled, count) => {
  expect(countVitest(modules, unhandled)).toEqual({ ...nothing, ...count })
})

test('counts what Playwright reports: flaky is failed, and so is an error outside any test', () => {
  const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 }
  expect(countPlaywright({ stats, errors: [{}], suites: [] })).toMatchObject({
    passed: 7,
    failed: 3,
    skipped: 2,
  })
})

test('names what failed in Playwright, however deep it is described, a second try that passed too', () => {
  const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 }
  const spec = (title, ok, ...messages) => ({
    title,
    file: 'flow.spec.ts',
    ok,
    tests: [{ results: messages.map((message) => ({ errors: message ? [{ message }] : [] })) }],
  })
  const inner = { specs: [spec('zooms', false, 'no button'), spec('moves', true, 'too slow', '')] }
  const suites = [{ specs: [spec('opens', true, '')], suites: [inner] }]
  expect(countPlaywright({ stats, errors: [{ message: 'no server' }], suites }).failures).toEqual([
    'e2e › outside any test\n  no server',
    'e2e/flow.spec.ts › zooms\n  no button',
    'e2e/flow.spec.ts › moves\n  too slow',
  ])
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

test('checks count as many as they are, and say which found what', () => {
  const failures = [{ name: 'imports', problems: ['lib/a.ts imports lib/b.ts', 'a cycle'] }]
  expect(countChecks({ passed: 7, failures })).toEqual({
    passed: 7,
    failed: 1,
    skipped: 0,
    failures: ['check › imports\n  lib/a.ts imports lib/b.ts\n  a cycle'],
  })
})

test('a verdict keeps the names of what failed', () => {
  const count = { passed: 3, failed: 1, skipped: 0, failures: ['lib/a.test.ts › takes off'] }
  expect(judge(count, 1, { partial: false }).failures).toEqual(count.failures)
})
