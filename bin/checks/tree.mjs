import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../root.mjs'

/**
 * The files of the project: those that git knows or would add. A copy without git is told by its folders.
 * @returns {string[]} relative to the checkout
 */
export function listProjectFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listed.split('\0').filter((file) => file && existsSync(path.join(ROOT, file)))
}
