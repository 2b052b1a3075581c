import { spawn } from 'node:child_process'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program with our own input and output until it ends; what we are told, it is told.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number | null>} its exit code; null when a signal ended it
 */
export async function runToEnd(program, args, options) {
  const child = spawn(program, args, { stdio: 'inherit', ...options })
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, pass)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => resolve(code))
    })
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass)
  }
}
