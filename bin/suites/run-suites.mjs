import { Sentence } from '../sentence.mjs'
import { SUITES } from './suites.mjs'
import { withThrowaway } from './throwaway.mjs'

/**
 * Runs all suites, or those that `--suite a,b` names with what else is given as their arguments, and ends with what failed, a
 * line for each suite, and their sum.
 * @param {string[]} args `["--suite", "e2e", "--grep", "wizard"]`
 * @returns {Promise<boolean>} true when everything ran and passed
 */
export async function runSuites(args) {
  const { names, rest } = chooseSuites(args)
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopped.abort())
  const results = await withThrowaway(async (env) => {
    const done = []
    for (const name of names) done.push(await runSuite(name, { env, args: rest }, stopped.signal))
    return done
  })
  console.log('')
  for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(`✗ ${failure}\n`)
  for (const { name, passed, failed, why } of results) {
    console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${why ? ` (${why})` : ''}`)
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0
}

/** @param {string} name @param {import('./suites.mjs').Context} context @param {AbortSignal} signal */
async function runSuite(name, context, signal) {
  if (signal.aborted) return { name, passed: 0, failed: 1, why: 'it did not run' }
  console.log(`\n── ${name}`)
  try {
    return { name, ...(await SUITES[name]?.(context)) }
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    return { name, passed: 0, failed: 1, why: 'it did not run' }
  }
}

/** @param {string[]} args */
function chooseSuites(args) {
  const at = args.indexOf('--suite')
  if (at < 0) {
    if (args.length)
      throw new Sentence('Say which suite these arguments are for: npm test -- --suite e2e --grep wizard')
    return { names: Object.keys(SUITES), rest: [] }
  }
  const names = (args[at + 1] ?? '').split(',')
  const unknown = names.filter((name) => !(name in SUITES))
  if (unknown.length)
    throw new Sentence(
      `There is no suite “${unknown.join(', ')}”. There are: ${Object.keys(SUITES).join(', ')}.`,
    )
  return { names, rest: args.toSpliced(at, 2) }
}
