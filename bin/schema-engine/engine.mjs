import { readFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { createAdapter } from './adapter.mjs'
import { createDatabase } from './database.mjs'

const MODULE = '@prisma/schema-engine-wasm/schema_engine_bg'
/** The engine wants a datasource even where it needs no connection (`diff` from nothing to a schema). */
const NO_DATABASE = 'postgresql://unused:unused@127.0.0.1:1/unused'

let panic
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panic = message
    writeSync(2, `${JSON.stringify({ level: 'ERROR', fields: { message } })}\n`)
  },
}

/** What the engine said when it broke down, if it did. @returns {string | undefined} */
export const lastPanic = () => panic

/** One instance in a process: the JavaScript side keeps views of its memory. */
let loading
const load = () => {
  loading ??= instantiate()
  return loading
}

async function instantiate() {
  const bindings = await import(MODULE)
  const wasm = createRequire(import.meta.url)
    .resolve(MODULE)
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': bindings,
  })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings
}

/** The commit of the engine. */
export async function engineVersion() {
  return (await load()).version()
}

/**
 * An engine for one run of the CLI, opened at its first request.
 * @param {import('./arguments.mjs').EngineOptions} options
 * @param {(text: string) => void} print
 */
export function createEngine({ url, shadowUrl, schemaFiles }, print) {
  let opening
  const open = () => {
    opening ??= openEngine(url ?? NO_DATABASE, shadowUrl, schemaFiles)
    return opening
  }
  let diagnosed

  return {
    /** @param {string} method @param {any} params */
    async call(method, params) {
      if (method === 'createDatabase') return { databaseName: await createDatabase(url ?? NO_DATABASE) }
      const engine = await open()
      if (method === 'getDatabaseVersion') return engine.version(params)
      const result = await engine[method](params)
      if (method === 'diff') {
        if (result.stdout) print(result.stdout.replace(/\n$/, ''))
        return { exitCode: result.exitCode }
      }
      // evaluateDataLoss and createMigration read only the schema that devDiagnostic left in the engine's cache, and applying
      // a migration empties that cache: fill it again, or `migrate dev` fails when migrations were pending.
      if (method === 'devDiagnostic') diagnosed = params
      if (method === 'applyMigrations' && diagnosed && result.appliedMigrationNames.length)
        await engine.devDiagnostic(diagnosed)
      return result ?? null
    },
  }
}

/** @param {string} url @param {string | undefined} shadowUrl @param {string[]} schemaFiles */
async function openEngine(url, shadowUrl, schemaFiles) {
  const { SchemaEngine } = await load()
  const adapter = bindMigrationAwareSqlAdapterFactory(createAdapter(url, shadowUrl))
  const datamodels = schemaFiles.map((file) => [file, readFileSync(file, 'utf8')])
  const log = (line) => process.env.DEBUG && writeSync(2, `${line}\n`)
  return SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, log, adapter)
}
