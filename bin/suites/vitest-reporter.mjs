import { writeFileSync } from 'node:fs'
import { countVitest } from './reports.mjs'

/** Where the count is to be written, for the process of Vitest. */
export const REPORT_FILE = 'LAUNCHPAD_REPORT_FILE'

/** Writes what a run came to. The JSON report of Vitest's own leaves out errors outside of any test. */
export default class VitestReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules @param {readonly { message: string, stack?: string }[]} unhandled */
  onTestRunEnd(modules, unhandled) {
    const file = process.env[REPORT_FILE]
    if (file) writeFileSync(file, JSON.stringify(countVitest(modules, unhandled)))
  }
}
