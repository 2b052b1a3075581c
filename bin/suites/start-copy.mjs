import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { endProcess, identify } from '../../lib/embedded/processes.mjs'
import { ROOT } from '../root.mjs'
import { Sentence } from '../sentence.mjs'

/** Longer than a supervisor needs to stop everything in order. */
const STOP_TIMEOUT_MS = 60_000

/**
 * Starts a copy of the application as a person would, and waits until it says that it is ready.
 * @param {string[]} command `["demo", "--empty"]`
 * @param {Record<string, string | undefined>} env
 */
export async function startCopy(command, env) {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin/launchpad.mjs'), ...command], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const identity = child.pid === undefined ? null : identify(child.pid)
  const stop = async () => {
    if (identity) await endProcess(identity, { timeoutMs: STOP_TIMEOUT_MS })
  }
  const url = await /** @type {Promise<string | null>} */ (
    new Promise((resolve) => {
      child.once('exit', () => resolve(null))
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('ready ')) resolve(line.slice('ready '.length))
      })
    })
  )
  if (url === null) throw new Sentence(`launchpad ${command.join(' ')} did not start.`)
  return { url, pid: identity?.pid, stop }
}
