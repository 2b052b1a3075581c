import { execFileSync } from 'node:child_process'
import { bootstrap } from './bootstrap.mjs'

if (await bootstrap(import.meta.filename)) await run()

/** @param {string} program */
function readNames(program) {
  return execFileSync(process.execPath, [program, '--names'], { encoding: 'utf8' }).trim().split('\n')
}

/** Builds what has changed and runs the measurements that the arguments name. */
async function run() {
  const { build, nameBuild } = await import('./build.mjs')
  const { ROOT } = await import('./root.mjs')
  const { Sentence } = await import('./sentence.mjs')
  const { BOUNDED_HEAP } = await import('./node-process.mjs')
  const { runToEnd } = await import('./suites/run-to-end.mjs')
  try {
    await build()
    const program = nameBuild(process.env).program('bench')
    const names = process.argv.slice(2)
    const flags = ['--expose-gc', ...BOUNDED_HEAP]
    // A process for each, so that none counts memory of another; the garbage collector can be called in between.
    for (const name of names.length > 0 ? names : readNames(program)) {
      const code = await runToEnd(process.execPath, [...flags, program, name], { cwd: ROOT })
      if (code !== 0) process.exit(code ?? 1)
    }
    process.exit(0)
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    process.exit(1)
  }
}
