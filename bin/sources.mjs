import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './root.mjs'

/** What a build is made of. */
const BUILT_FROM = [
  'app',
  'components',
  'lib',
  'bench',
  'public',
  'prisma/schema.prisma',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
  'bin/build.mjs',
]
/** What lies among it and is not built: tests, and what the build itself writes. */
const NOT_BUILT =
  /\.test\.\w+$|^lib\/embedded\/|^lib\/server\/testing\/|^lib\/server\/platform\/db\/generated\//

/** A hash of everything that a build is made of; the same sources give the same hash in any folder. */
export function fingerprintSources() {
  return fingerprint(BUILT_FROM.flatMap(listFiles).filter((file) => !NOT_BUILT.test(file)))
}

/**
 * @param {string[]} files relative to the checkout
 */
export function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of files.toSorted()) {
    const bytes = readFileSync(path.join(ROOT, file))
    hash.update(`${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** @param {string} file @returns {string[]} */
function listFiles(file) {
  const full = path.join(ROOT, file)
  if (!existsSync(full)) return []
  if (statSync(full).isFile()) return [file]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}
