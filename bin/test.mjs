import { bootstrap } from './bootstrap.mjs'

if (await bootstrap(import.meta.filename)) await run()

async function run() {
  const { runSuites } = await import('./suites/run-suites.mjs')
  const { Sentence } = await import('./sentence.mjs')
  try {
    process.exit((await runSuites(process.argv.slice(2))) ? 0 : 1)
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    console.log('0 passed, 1 failed')
    process.exit(1)
  }
}
