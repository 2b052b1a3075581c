import 'server-only'
import { closeDatabase } from '../platform/db/client'
import { closeQueue } from '../platform/queue'
import { ensureInstallation } from '../spaces/installation'
import { printResetLink } from './reset-password'
import { seedDemo } from './seed-demo'
import { prepare, printSetupLink } from './setup-link'

/** What the administration program can do; each command prints its answer on stdout. */
const commands: Record<string, (args: string[]) => Promise<void>> = {
  prepare,
  'setup-link': printSetupLink,
  'reset-password': printResetLink,
  'seed-demo': seedDemo,
}

async function main([name = '', ...args]: string[]): Promise<void> {
  const command = commands[name]
  if (!command)
    throw new Error(`There is no command ${name}. There are: ${Object.keys(commands).join(', ')}.`)
  await ensureInstallation()
  await command(args)
}

main(process.argv.slice(2))
  .then(
    () => 0,
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      return 1
    },
  )
  .then(async (code) => {
    await closeQueue()
    await closeDatabase()
    process.exit(code)
  })
