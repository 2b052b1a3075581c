import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { generateClient } from '../build.mjs'
import { Sentence } from '../sentence.mjs'
import { SUITES } from './suites.mjs'
import { withThrowaway } from './throwaway.mjs'

/** Only computes, and asks for nothing that others use: it takes the time in which the other suites wait. */
const BESIDE = 'unit'

/** @typedef {{ name: string, passed: number, failed: number, why?: string }} Result */

/**
 * Runs all suites, or those that `--suite a,b` names with what else is given as their arguments, and ends with their sum.
 * @param {string[]} args `["--suite", "e2e", "--grep", "wizard"]`
 * @returns {Promise<boolean>} true when everything ran and passed
 */
export async function runSuites(args) {
  const { names, rest } = chooseSuites(args)
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopped.abort())
  // Once and before all of them: no two may write it at the same time.
  await generateClient()
  const results = await withThrowaway((env) => runAll(names, { env, args: rest }, stopped.signal))
  console.log('')
  for (const { name, passed, failed, why } of results) {
    console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${why ? ` (${why})` : ''}`)
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0
}

/**
 * One suite after the other, but for the one that runs beside them all.
 * @param {string[]} names
 * @param {import('./suites.mjs').Context} context
 * @param {AbortSignal} signal
 * @param {typeof SUITES} suites
 */
export async function runAll(names, context, signal, suites = SUITES) {
  const isBeside = names.length > 1 && names.includes(BESIDE)
  const beside = isBeside ? runBeside(BESIDE, context, signal, suites) : undefined
  /** @type {Map<string, Result>} */
  const done = new Map()
  for (const name of names) {
    if (beside && name === BESIDE) continue
    console.log(`\n── ${name}`)
    done.set(name, await runSuite(name, context, signal, suites))
  }
  if (beside) done.set(BESIDE, await beside())
  return names.flatMap((name) => done.get(name) ?? [])
}

/**
 * Starts a suite whose output waits in a file, as two at once cannot be read.
 * @param {string} name
 * @param {import('./suites.mjs').Context} context
 * @param {AbortSignal} signal
 * @param {typeof SUITES} suites
 * @returns {() => Promise<Result>} waits for its end, and shows what it said
 */
function runBeside(name, context, signal, suites) {
  const log = path.join(String(context.env.LAUNCHPAD_HOME), `${name}.log`)
  console.log(`\n── ${name} runs beside the others, and is shown at the end`)
  const result = runSuite(name, { ...context, log }, signal, suites)
  return async () => {
    const found = await result
    console.log(`\n── ${name}`)
    if (existsSync(log)) process.stdout.write(readFileSync(log))
    return found
  }
}

/**
 * @param {string} name
 * @param {import('./suites.mjs').Context} context
 * @param {AbortSignal} signal
 * @param {typeof SUITES} suites
 * @returns {Promise<Result>}
 */
async function runSuite(name, context, signal, suites) {
  if (signal.aborted) return { name, passed: 0, failed: 1, why: 'it did not run' }
  try {
    return { name, passed: 0, failed: 1, ...(await suites[name]?.(context)) }
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
