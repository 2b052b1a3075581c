import { spawn } from 'node:child_process'
import { nameBuild } from './build.mjs'
import { ROOT } from './root.mjs'
import { Sentence } from './sentence.mjs'

/**
 * Runs a command of the administration program to its end.
 * @param {string[]} args `["reset-password", "ada"]`
 * @param {{ env: Record<string, string | undefined>, signal?: AbortSignal }} options
 * @returns {Promise<string>} what it printed
 * @throws {Sentence} with what it said on stderr when it failed
 */
export function runAdmin(args, { env, signal }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [nameBuild(env).program('admin'), ...args], {
      cwd: ROOT,
      env: { ...env, LAUNCHPAD_LOG_LEVEL: env.LAUNCHPAD_LOG_LEVEL ?? 'warn' },
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    let complaint = ''
    child.stdout.on('data', (chunk) => {
      printed += chunk
    })
    child.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(printed.trim())
      else reject(new Sentence(complaint.trim() || printed.trim() || `${args[0]} ended with ${code}`))
    })
  })
}
