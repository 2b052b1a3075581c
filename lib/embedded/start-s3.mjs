import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { endProcess, identify } from './processes.mjs'

const START_TIMEOUT_MS = 20_000

/**
 * @typedef {object} S3Options
 * @property {string} dir
 * @property {string} host
 * @property {number} port 0 for any
 * @property {{ accessKeyId: string, secretAccessKey: string, readOnly: boolean }[]} keys
 * @property {string[]} buckets made where they are missing
 */

/**
 * Starts the embedded S3 server as a process of its own and waits for its address.
 * @param {S3Options} options
 * @param {{ logFile: string, execArgv?: string[] }} process
 */
export async function startS3(options, { logFile, execArgv = [] }) {
  const log = openSync(logFile, 'a', 0o600)
  const child = spawn(process.execPath, [...execArgv, path.join(import.meta.dirname, 's3/main.mjs')], {
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', LAUNCHPAD_EMBEDDED_S3_CONFIG: JSON.stringify(options) },
    detached: true,
    stdio: ['ignore', 'pipe', log, 'ipc'],
  })
  closeSync(log)
  const endpoint = await readEndpoint(child, logFile)
  child.stdout.resume()
  const identity = identify(/** @type {number} */ (child.pid))
  return {
    child,
    endpoint,
    async stop() {
      if (identity) await endProcess(identity)
    },
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {string} logFile @returns {Promise<string>} */
function readEndpoint(child, logFile) {
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`The embedded S3 store did not start (${logFile}).`))
    }
    const timer = setTimeout(fail, START_TIMEOUT_MS)
    child.once('error', fail)
    child.once('exit', fail)
    createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdout) }).once(
      'line',
      (line) => {
        clearTimeout(timer)
        child.off('exit', fail)
        resolve(JSON.parse(line).endpoint)
      },
    )
  })
}
