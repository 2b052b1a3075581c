import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ensureBrowser } from '../browser.mjs'
import { nameHome } from '../home.mjs'
import { ROOT } from '../root.mjs'
import { Sentence } from '../sentence.mjs'
import { runToEnd } from './run-to-end.mjs'
import { startCopy } from './start-copy.mjs'
import { withThrowaway } from './throwaway.mjs'

/**
 * Runs e2e/shots.config.ts; the pictures go to `$LAUNCHPAD_HOME/shots`.
 * @param {string[]} args go to Playwright: `["--grep", "wizard"]`
 * @returns {Promise<number>} the exit code
 */
export async function takeShots(args) {
  if (process.env.LAUNCHPAD_HOME) return shoot(process.env, args)
  const kept = path.join(nameHome({}).folder, 'shots')
  return withThrowaway(async (env) => {
    const copy = await startCopy(['demo'], env)
    try {
      const code = await shoot(env, args)
      const taken = path.join(String(env.LAUNCHPAD_HOME), 'shots')
      if (existsSync(taken)) {
        mkdirSync(kept, { recursive: true, mode: 0o700 })
        cpSync(taken, kept, { recursive: true })
        console.log(`the pictures stand in ${kept}`)
      }
      return code
    } finally {
      await copy.stop()
    }
  })
}

/** @param {Record<string, string | undefined>} env @param {string[]} args */
async function shoot(env, args) {
  const { demo } = nameHome(env)
  if (!existsSync(demo))
    throw new Sentence(`${demo} is missing. Start the installation with npm run demo, and leave it running.`)
  const { url } = JSON.parse(readFileSync(demo, 'utf8'))
  const cli = path.join(ROOT, 'node_modules/@playwright/test/cli.js')
  const all = { ...env, ...(await ensureBrowser()), LAUNCHPAD_URL: url }
  const code = await runToEnd(process.execPath, [cli, 'test', '--config', 'e2e/shots.config.ts', ...args], {
    cwd: ROOT,
    env: all,
  })
  return code ?? 1
}
