import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../root.mjs'

const SOURCE = /\.(?:tsx?|mts|mjs|cjs|js)$/
const EMPTY_NAME = /(?:^|[/.-])(?:utils?|helpers?|common|misc|managers?|services?)(?=[/.-]|$)/i
const BARREL = /(?:^|\/)index\.(?:tsx?|mjs|js)$/
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/
/** Next's own conventions for folders and files in app: `[projectKey]`, `(auth)`, `_parts`. */
const NEXT_NAME = /^(?:\[+(?:\.\.\.)?\w+\]+|\(\w+(?:-\w+)*\)|_[\w-]+)$/

/** The addresses of the public API are those that DSS clients send. */
const DSS_ADDRESS = /^app\/dip\/publicapi\//

/**
 * Names say something, and every folder says them in the same way.
 * @param {string[]} files
 */
export async function checkNames(files) {
  const named = files.filter((file) => SOURCE.test(file) && !file.startsWith('.'))
  const problems = named.flatMap((file) => {
    if (EMPTY_NAME.test(file)) return [`${file}: the name does not say what is in it`]
    if (BARREL.test(file)) return [`${file}: import from the file itself, not through a barrel`]
    if (DSS_ADDRESS.test(file)) return []
    if (!file.split('/').every((part) => KEBAB.test(part) || NEXT_NAME.test(part)))
      return [`${file}: the name is not kebab-case`]
    return []
  })
  return { count: named.length, of: 'files', problems }
}

const SERVER_ONLY = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*import 'server-only'\n/

/**
 * Every file of lib/server says that it must not reach a browser, and only the access layer issues permits.
 * @param {string[]} files
 */
export async function checkServerFiles(files) {
  const scanned = files.filter(
    (file) =>
      /^(?:lib|app|components|bench)\/.*\.tsx?$/.test(file) && !/\.test\.|^lib\/server\/testing\//.test(file),
  )
  const problems = scanned.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    const found = []
    if (file.startsWith('lib/server/') && !file.endsWith('platform/empty.ts') && !SERVER_ONLY.test(text)) {
      found.push(`${file}: does not begin with import 'server-only'`)
    }
    if (/\bissuePermit\b/.test(text) && !/^lib\/server\/(?:access\/|platform\/permit\.ts$)/.test(file)) {
      found.push(`${file}: only lib/server/access issues permits`)
    }
    return found
  })
  return { count: scanned.length, of: 'files', problems }
}
