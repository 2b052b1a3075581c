import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ROOT } from './root.mjs'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Reads the declarations of all routes out of their modules and writes `routes.json`, which lists them, and `openapi.json`.
 * Nothing of what the modules would do at a request is run; they need no environment.
 * @param {string} folder where both files go
 * @returns {Promise<number>} how many methods there are
 */
export async function collectRoutes(folder) {
  mkdirSync(folder, { recursive: true })
  const bundle = path.join(folder, `routes-${process.pid}.mjs`)
  try {
    await bundleRoutes(bundle)
    const { lines, document } = await import(pathToFileURL(bundle).href)
    writeFileSync(path.join(folder, 'routes.json'), `${JSON.stringify(lines, null, 2)}\n`)
    writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(document))
    return lines.length
  } finally {
    rmSync(bundle, { force: true })
  }
}

/** @param {string} outfile */
async function bundleRoutes(outfile) {
  await build({
    stdin: { contents: writeEntry(), resolveDir: ROOT, sourcefile: 'routes.ts', loader: 'ts' },
    absWorkingDir: ROOT,
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    conditions: ['react-server'],
    alias: { 'server-only': './lib/server/platform/empty.ts' },
    logLevel: 'error',
  })
}

/** The module that imports every route and tells their declarations. */
function writeEntry() {
  // Node 20, under which the commands begin, has no globSync.
  const files = readdirSync(path.join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .map((file) => path.join('app', file))
    .sort()
  const imports = files.map((file, index) => `import * as route${index} from ${JSON.stringify(`./${file}`)}`)
  const entries = files.map((file, index) => `  find(${JSON.stringify(addressOf(file))}, route${index}),`)
  return `${imports.join('\n')}
import { describeRoutes, listRoutes } from './lib/server/http/openapi'
import packageFile from './package.json'

const find = (path, module) => ({
  path,
  methods: Object.fromEntries(${JSON.stringify(METHODS)}.flatMap((method) => {
    const handler = module[method]
    if (!handler) return []
    if (!handler.declaration) throw new Error(\`\${method} \${path} is not declared with route()\`)
    return [[method, handler.declaration]]
  })),
})
const routes = [
${entries.join('\n')}
]
export const lines = listRoutes(routes)
export const document = describeRoutes(routes, packageFile.version)
`
}

/** `app/api/jobs/[jobId]/route.ts` answers `/api/jobs/{jobId}`. @param {string} file */
export function addressOf(file) {
  const segments = path.dirname(file).split(path.sep).slice(1)
  const shown = segments
    .filter((segment) => !/^\(.*\)$/.test(segment))
    .map((segment) => segment.replace(/^\[+(?:\.\.\.)?([^\]]+)\]+$/, '{$1}'))
  return `/${shown.join('/')}`
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.join(ROOT, process.argv[2] ?? 'dist')
  console.log(`${await collectRoutes(folder)} routes`)
  if (!existsSync(path.join(folder, 'openapi.json'))) process.exit(1)
}
