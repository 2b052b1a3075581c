import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../root.mjs'

const LARGEST_BYTES = 2 * 1024 * 1024
/** Assembled, since this file is one of those that are searched. */
const MACHINE_PATH = new RegExp(`(?:^|[^\\w./-])/(?:${['work', 'farm', 'Users', 'home/\\w+'].join('|')})/`)
const REGISTRY = new RegExp(
  `https?://[\\w.:-]*(?:${['npmjs', 'yarnpkg', 'verdaccio', 'artifactory', 'nexus'].join('|')})[\\w.:-]*`,
  'i',
)

/**
 * Nothing in the tree belongs to one machine: no path of it, no registry that it happened to install from.
 * @param {string[]} files
 */
export async function checkPortability(files) {
  const scanned = files.filter((file) => statSync(path.join(ROOT, file)).size < LARGEST_BYTES)
  const problems = scanned.flatMap((file) => {
    const bytes = readFileSync(path.join(ROOT, file))
    if (bytes.includes(0)) return []
    return bytes
      .toString('utf8')
      .split('\n')
      .flatMap((line, index) => describe(line).map((what) => `${file}:${index + 1}: ${what}`))
  })
  return { count: scanned.length, of: 'files', problems }
}

/** @param {string} line */
function describe(line) {
  const found = MACHINE_PATH.exec(line) ?? REGISTRY.exec(line)
  return found ? [`${found[0].trim()} belongs to one machine`] : []
}
