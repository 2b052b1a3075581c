import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build as bundle } from 'esbuild'
import { LockedError, takeLock } from '../lib/embedded/lock.mjs'
import { writeWhole } from '../lib/embedded/postgres/place.mjs'
import { collectRoutes } from './collect-routes.mjs'
import { ROOT } from './root.mjs'
import { Sentence } from './sentence.mjs'
import { fingerprint, fingerprintSources } from './sources.mjs'

const require = createRequire(import.meta.url)
const SCHEMA = 'prisma/schema.prisma'
const CLIENT = path.join(ROOT, 'lib/server/platform/db/generated')
/** Programs that run beside Next, by the name of their bundle. */
const PROGRAMS = {
  worker: 'lib/server/jobs/main.ts',
  admin: 'lib/server/admin/main.ts',
  bench: 'bench/main.ts',
}

/** Where what programs share stands, and what they load when they need it. */
const PARTS = 'parts'

/**
 * Where the build goes. A build apart from the usual one (LAUNCHPAD_DIST_DIR) keeps its programs with it.
 * @param {NodeJS.ProcessEnv} env
 */
export function nameBuild(env) {
  const apart = env.LAUNCHPAD_DIST_DIR
  const pages = path.join(ROOT, apart ?? '.next')
  const programs = apart ? path.join(pages, 'programs') : path.join(ROOT, 'dist')
  return {
    pages,
    programs,
    /** Written last: a build without it was interrupted. */
    stamp: path.join(programs, 'built-from'),
    /** @param {keyof typeof PROGRAMS} name */
    program: (name) => path.join(programs, `${name}.mjs`),
  }
}

/**
 * Builds pages and programs, unless they were built from these very sources.
 * @param {{ env?: NodeJS.ProcessEnv, signal?: AbortSignal, programsOnly?: boolean }} [options]
 * @returns {Promise<boolean>} false when there was nothing to do
 * @throws {Sentence} with what the compiler said
 */
export async function build({ env = process.env, signal, programsOnly = false } = {}) {
  const unlock = await waitForLock(path.join(ROOT, 'node_modules/.launchpad-build.lock'), signal)
  try {
    const target = nameBuild(env)
    const sources = programsOnly ? 'programs only' : fingerprintSources()
    if (readText(target.stamp) === sources && !programsOnly) return false
    rmSync(target.stamp, { force: true })
    await generateClient(signal)
    if (!programsOnly) await buildPages(env, signal)
    await buildPrograms(target)
    await collectRoutes(target.programs)
    writeWhole(target.stamp, sources)
    return true
  } finally {
    unlock()
  }
}

/** Generates the database client when the schema is another than last time. @param {AbortSignal} [signal] */
export async function generateClient(signal) {
  const stamp = path.join(CLIENT, '.built-from')
  const schema = fingerprint([SCHEMA, 'package-lock.json'])
  if (readText(stamp) === schema) return
  await run('prisma', require.resolve('prisma/build/index.js'), ['generate'], process.env, signal)
  writeWhole(stamp, schema)
}

/** @param {NodeJS.ProcessEnv} env @param {AbortSignal} [signal] */
async function buildPages(env, signal) {
  const all = { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await run('next build', require.resolve('next/dist/bin/next'), ['build'], all, signal)
}

/** @param {ReturnType<typeof nameBuild>} target */
async function buildPrograms(target) {
  mkdirSync(target.programs, { recursive: true })
  rmSync(path.join(target.programs, PARTS), { recursive: true, force: true })
  const present = Object.entries(PROGRAMS).filter(([, entry]) => existsSync(path.join(ROOT, entry)))
  await bundle({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(present),
    outdir: target.programs,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // A measurement loads what it measures and no other one.
    splitting: true,
    chunkNames: `${PARTS}/[name]-[hash]`,
    sourcemap: 'linked',
    packages: 'external',
    conditions: ['react-server'],
    // Outside a bundler that knows the condition, the package's only act is to throw.
    alias: { 'server-only': './lib/server/platform/empty.ts' },
    logLevel: 'error',
  })
}

/**
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} [signal]
 */
function run(name, script, args, env, signal) {
  return new Promise((resolve, reject) => {
    const options = /** @type {const} */ ({ cwd: ROOT, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    const child = spawn(process.execPath, [script, ...args], options)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = (output + chunk).slice(-20_000)
      })
    }
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(undefined)
      else reject(new Sentence(`${output.trim()}\n\nThe build failed: ${name} ended with ${code}.`))
    })
  })
}

/** One build at a time in a checkout. @param {string} file @param {AbortSignal} [signal] */
async function waitForLock(file, signal) {
  for (;;) {
    try {
      return takeLock(file)
    } catch (error) {
      if (!(error instanceof LockedError)) throw error
    }
    await sleep(200, undefined, { signal })
  }
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

if (process.argv[1] === import.meta.filename) {
  const startedAt = Date.now()
  try {
    const done = await build()
    console.log(
      done
        ? `built in ${Math.round((Date.now() - startedAt) / 1000)} s`
        : 'nothing changed since the last build',
    )
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    process.exit(1)
  }
}
