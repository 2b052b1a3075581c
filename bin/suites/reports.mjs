/**
 * What a suite came to. A skipped test has not been run, and what was not run has not passed.
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/**
 * Counts Vitest's JSON report. A file that could not be loaded has no tests and is one failure.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, success: boolean,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} report
 * @returns {Count}
 */
export function countVitest(report) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  )
  const failed = report.numFailedTests + unloaded.length
  return {
    passed: report.numPassedTests,
    // An error outside any test fails the run without failing a test.
    failed: failed || (report.success ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * Counts Playwright's JSON report. A test that passes only when it is tried again is a failure.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report
 * @returns {Count}
 */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

/**
 * Counts the report of our own checks.
 * @param {{ passed: number, failed: number }} report
 * @returns {Count}
 */
export function countChecks({ passed, failed }) {
  return { passed, failed, skipped: 0 }
}

/**
 * The verdict on a suite: skipped tests, an empty run and an exit code that the report does not explain are failures too.
 * @param {Count | null} count null when there is no report
 * @param {number | null} exitCode
 * @param {{ partial: boolean }} options `partial`: someone asked for some of its tests
 * @returns {{ passed: number, failed: number, why?: string }}
 */
export function judge(count, exitCode, { partial }) {
  if (!count) return { passed: 0, failed: 1, why: 'it gave no report' }
  const { passed, failed, skipped } = count
  if (!partial && skipped) return { passed, failed: failed + skipped, why: `${skipped} skipped` }
  if (passed + failed === 0) return { passed, failed: 1, why: 'it ran no test' }
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, why: `it ended with ${exitCode}` }
  return { passed, failed }
}
