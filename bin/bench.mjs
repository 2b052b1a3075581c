import { bootstrap } from './bootstrap.mjs'

if (await bootstrap(import.meta.filename)) await run()

/** Builds what has changed and runs the measurements that the arguments name. */
async function run() {
  const { build, nameBuild } = await import('./build.mjs')
  const { ROOT } = await import('./root.mjs')
  const { Sentence } = await import('./sentence.mjs')
  const { runToEnd } = await import('./suites/run-to-end.mjs')
  try {
    await build()
    const program = nameBuild(process.env).program('bench')
    // The garbage collector can be called between measurements, so that memory figures say something.
    process.exit(
      (await runToEnd(process.execPath, ['--expose-gc', program, ...process.argv.slice(2)], { cwd: ROOT })) ??
        1,
    )
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    process.exit(1)
  }
}
