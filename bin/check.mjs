import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { generateClient } from './build.mjs'
import { checkAdvisories } from './checks/advisories.mjs'
import { checkImports } from './checks/import-rules.mjs'
import { checkNames, checkServerFiles } from './checks/names.mjs'
import { checkPortability } from './checks/portability.mjs'
import { checkStyle, checkTypes, checkUnused } from './checks/tools.mjs'
import { listProjectFiles } from './checks/tree.mjs'

/**
 * What a check looked at, and what it found.
 * @typedef {{ count: number, of: string, problems: string[] }} Finding
 */

/** @type {Record<string, (files: string[]) => Promise<Finding>>} */
const CHECKS = {
  style: checkStyle,
  types: checkTypes,
  imports: checkImports,
  unused: checkUnused,
  names: checkNames,
  'server files': checkServerFiles,
  portability: checkPortability,
  advisories: checkAdvisories,
}

const { values } = parseArgs({ options: { report: { type: 'string' } } })
await generateClient()
const files = listProjectFiles()
const outcomes = await Promise.all(
  Object.entries(CHECKS).map(([name, check]) => runCheck(name, check, files)),
)
const failures = outcomes.filter(({ passed }) => !passed)
if (values.report)
  writeFileSync(values.report, JSON.stringify({ passed: outcomes.length - failures.length, failures }))
process.exit(failures.length ? 1 : 0)

/** @param {string} name @param {(files: string[]) => Promise<Finding>} check @param {string[]} files */
async function runCheck(name, check, files) {
  const startedAt = Date.now()
  const { count, of, problems } = await check(files).catch((error) => ({
    count: 0,
    of: 'files',
    problems: [String(error?.stack ?? error)],
  }))
  // A check that saw nothing has not checked anything.
  const passed = problems.length === 0 && count > 0
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  const found = problems.length
    ? `, ${problems.length} problems\n${problems.map((line) => `    ${line}`).join('\n')}`
    : ''
  console.log(`${passed ? '✓' : '✗'} ${name}: ${count} ${of} in ${seconds} s${found}`)
  return { name, passed, problems: count > 0 ? problems : [...problems, 'it saw nothing to check'] }
}
