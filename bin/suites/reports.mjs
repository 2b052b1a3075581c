import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ROOT } from '../root.mjs'

/**
 * What a suite came to. A skipped test has not been run, and what was not run has not passed. `failures` names each test that
 * failed and what it said, for the end of a long run, of which often only the end is kept.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Count
 */

/** Of what a failed test said; the whole stands where it failed. */
const EXCERPT_LINES = 12

/**
 * What of Vitest's report is counted.
 * @typedef {{ message: string, stack?: string }} Said
 * @typedef {{ fullName: string, result: () => { state: string, errors?: readonly Said[] } }} Test
 * @typedef {{ fullName: string, errors: () => readonly Said[] }} Group
 * @typedef {{ moduleId: string, errors: () => readonly Said[],
 *   children: { allTests: () => Iterable<Test>, allSuites: () => Iterable<Group> } }} Module
 */

/**
 * Counts what Vitest ran. A file that could not be loaded, a hook that failed and an error outside of any test are a failure each.
 * @param {readonly Module[]} modules
 * @param {readonly Said[]} unhandled
 * @returns {Count}
 */
export function countVitest(modules, unhandled) {
  const tests = modules.flatMap(({ moduleId, children }) =>
    [...children.allTests()].map((test) => ({ moduleId, fullName: test.fullName, ...test.result() })),
  )
  const failed = tests.filter(({ state }) => state === 'failed')
  const failures = [
    ...modules.flatMap((module) =>
      module.errors().map((error) => describe(module.moduleId, 'could not be run', wordsOf(error))),
    ),
    ...modules.flatMap(({ moduleId, children }) =>
      [...children.allSuites()].flatMap((group) =>
        group.errors().map((error) => describe(moduleId, group.fullName, wordsOf(error))),
      ),
    ),
    ...failed.map(({ moduleId, fullName, errors }) => describe(moduleId, fullName, wordsOf(errors?.[0]))),
    ...unhandled.map((error) => describe('vitest', 'an error outside of any test', wordsOf(error))),
  ]
  const passed = tests.filter(({ state }) => state === 'passed').length
  return { passed, failed: failures.length, skipped: tests.length - passed - failed.length, failures }
}

/** @param {Said | undefined} error */
const wordsOf = (error) => error?.stack ?? error?.message

/**
 * @typedef {{ message?: string }} PlaywrightError
 * @typedef {{ title: string, file: string, ok: boolean, tests: { results: { errors: PlaywrightError[] }[] }[] }} Spec
 * @typedef {{ specs: Spec[], suites?: Suite[] }} Suite
 */

/**
 * Counts Playwright's JSON report. A test that passes only when it is tried again is a failure.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: PlaywrightError[],
 *   suites: Suite[] }} report
 * @returns {Count}
 */
export function countPlaywright({ stats, errors, suites }) {
  const tried = suites.flatMap(listSpecs).map((spec) => ({
    ...spec,
    errors: spec.tests.flatMap(({ results }) => results.flatMap((result) => result.errors)),
  }))
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [
      ...errors.map(({ message }) => describe('e2e', 'outside any test', message)),
      ...tried
        .filter((spec) => !spec.ok || spec.errors.length)
        .map((spec) => describe(path.join('e2e', spec.file), spec.title, spec.errors[0]?.message)),
    ],
  }
}

/** @param {Suite} suite @returns {Spec[]} */
const listSpecs = ({ specs, suites = [] }) => [...specs, ...suites.flatMap(listSpecs)]

/**
 * Counts the report of our own checks.
 * @param {{ passed: number, failures: { name: string, problems: string[] }[] }} report
 * @returns {Count}
 */
export function countChecks({ passed, failures }) {
  return {
    passed,
    failed: failures.length,
    skipped: 0,
    failures: failures.map(({ name, problems }) => describe('check', name, problems.join('\n'))),
  }
}

/** @param {string} file @param {string} test @param {string} [said] */
function describe(file, test, said = '') {
  const lines = stripVTControlCharacters(said)
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'))
    .slice(0, EXCERPT_LINES)
  const where = path.isAbsolute(file) ? path.relative(ROOT, file) : file
  return [`${where} › ${test}`, ...lines.map((line) => `  ${line}`)].join('\n').trimEnd()
}

/** @typedef {{ passed: number, failed: number, why?: string, failures?: string[] }} Verdict */

/**
 * The verdict on a suite: skipped tests, an empty run and an exit code that the report does not explain are failures too.
 * @param {Count | null} count null when there is no report
 * @param {number | null} exitCode
 * @param {{ partial: boolean }} options `partial`: someone asked for some of its tests
 * @returns {Verdict}
 */
export function judge(count, exitCode, { partial }) {
  if (!count) return { passed: 0, failed: 1, why: 'it gave no report' }
  const { passed, failed, skipped, failures } = count
  if (!partial && skipped) return { passed, failed: failed + skipped, why: `${skipped} skipped`, failures }
  if (passed + failed === 0) return { passed, failed: 1, why: 'it ran no test' }
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, why: `it ended with ${exitCode}` }
  return { passed, failed, failures }
}
