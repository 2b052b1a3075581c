import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBrowser } from '../browser.mjs'
import { build, generateClient } from '../build.mjs'
import { ROOT } from '../root.mjs'
import { countChecks, countPlaywright, judge } from './reports.mjs'
import { runToEnd } from './run-to-end.mjs'
import { REPORT_FILE } from './vitest-reporter.mjs'

/**
 * @typedef {{ env: Record<string, string | undefined>, args: string[] }} Context
 * @typedef {(context: Context) => Promise<import('./reports.mjs').Verdict>} Suite
 */

const MODULES = path.join(ROOT, 'node_modules')

/** In the order in which they run: what fails fast comes first. @type {Record<string, Suite>} */
export const SUITES = {
  check: (context) => {
    const report = reportFile(context, 'check')
    return runReporting(context, [path.join(ROOT, 'bin/check.mjs'), '--report', report], report, countChecks)
  },
  unit: (context) => runVitest(context, 'unit'),
  integration: (context) => runVitest(context, 'integration'),
  build: async ({ env }) => {
    await build({ env })
    return { passed: 1, failed: 0 }
  },
  e2e: async (context) => {
    const report = reportFile(context, 'e2e')
    const env = { ...context.env, ...(await ensureBrowser()), PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    const cli = [
      path.join(MODULES, '@playwright/test/cli.js'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
    ]
    return runReporting({ ...context, env }, [...cli, '--reporter=list,json'], report, countPlaywright)
  },
}

/** @param {Context} context @param {string} project */
async function runVitest(context, project) {
  // Before all files, of which some build and others import the client meanwhile.
  await generateClient()
  const report = reportFile(context, project)
  const cli = [path.join(MODULES, 'vitest/vitest.mjs'), 'run', '--project', project]
  const reporters = ['--reporter=default', `--reporter=${path.join(ROOT, 'bin/suites/vitest-reporter.mjs')}`]
  const env = { ...context.env, [REPORT_FILE]: report }
  return runReporting({ ...context, env }, [...cli, ...reporters], report, (count) => count)
}

/** @param {Context} context @param {string} name */
const reportFile = ({ env }, name) => path.join(String(env.LAUNCHPAD_HOME), `report-${name}.json`)

/**
 * @template T
 * @param {Context} context
 * @param {string[]} command
 * @param {string} report
 * @param {(report: T) => import('./reports.mjs').Count} count
 */
async function runReporting({ env, args }, command, report, count) {
  const exitCode = await runToEnd(process.execPath, [...command, ...args], { cwd: ROOT, env })
  const counted = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : null
  return judge(counted, exitCode, { partial: args.length > 0 })
}
