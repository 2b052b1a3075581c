import { readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

const LIMIT_BYTES = 20 * 1024 * 1024

/**
 * Sets large logs aside at a start; one older log of each is kept.
 * @param {string} folder
 */
export function limitLogs(folder) {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name)
    if (name.endsWith('.log') && statSync(file).size > LIMIT_BYTES) renameSync(file, `${file}.1`)
  }
}
