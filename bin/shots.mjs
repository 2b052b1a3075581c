import { bootstrap } from './bootstrap.mjs'

if (await bootstrap(import.meta.filename)) await run()

/** Takes a picture of every page: of the installation that LAUNCHPAD_HOME names, or of a demo that is thrown away. */
async function run() {
  const { takeShots } = await import('./suites/take-shots.mjs')
  const { Sentence } = await import('./sentence.mjs')
  try {
    process.exit(await takeShots(process.argv.slice(2)))
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error)
    process.exit(1)
  }
}
