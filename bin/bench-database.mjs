import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removePostgres, startPostgres } from '../lib/embedded/postgres/server.mjs'
import { migrate } from './migrate.mjs'

/** Starts a migrated PostgreSQL for a measurement, as durable as an installation's; `stop` leaves nothing behind. */
export async function startBenchDatabase() {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-bench-'))
  const postgres = await startPostgres({ home })
  await migrate(postgres.url)
  return {
    home,
    url: postgres.url,
    async stop() {
      await postgres.stop()
      await removePostgres({ home })
      rmSync(home, { recursive: true, force: true })
    },
  }
}
