import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBrowser } from '../browser.mjs'
import { build, generateClient } from '../build.mjs'
import { ROOT } from '../root.mjs'
import { countChecks, countPlaywright, countVitest, judge } from './reports.mjs'
import { runToEnd } from './run-to-end.mjs'

/**
 * `log`: the file that a suite writes to that runs beside others, and takes what they leave of the machine.
 * @typedef {{ env: Record<string, string | undefined>, args: string[], log?: string }} Context
 * @typedef {(context: Context) => Promise<{ passed: number, failed: number, why?: string }>} Suite
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
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return runReporting(context, [...cli, ...reporters], report, countVitest)
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
async function runReporting({ env, args, log }, command, report, count) {
  const exitCode = await runLogging([...command, ...args], { cwd: ROOT, env }, log)
  const counted = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : null
  return judge(counted, exitCode, { partial: args.length > 0 })
}

/** @param {string[]} args @param {import('node:child_process').SpawnOptions} options @param {string | undefined} log */
async function runLogging(args, options, log) {
  if (log === undefined) return runToEnd(process.execPath, args, options)
  const file = openSync(log, 'w')
  try {
    const priority = os.constants.priority.PRIORITY_BELOW_NORMAL
    return await runToEnd(process.execPath, args, { ...options, stdio: ['ignore', file, file], priority })
  } finally {
    closeSync(file)
  }
}
