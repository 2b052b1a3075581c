#!/usr/bin/env node
import { bootstrap } from './bootstrap.mjs'

if (await bootstrap(import.meta.filename)) await run()

async function run() {
  const { runCommand } = await import('./commands.mjs')
  const { Sentence } = await import('./sentence.mjs')
  try {
    await runCommand(process.argv.slice(2))
    process.exit(0)
  } catch (error) {
    // What can happen to anyone is told in a sentence; anything else is a defect, and its stack helps.
    console.error(error instanceof Sentence ? error.message : error)
    process.exit(1)
  }
}
