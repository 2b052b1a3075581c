import { expect } from '@playwright/test'
import type { Behind } from '../behind'

/** Tables that move whoever asks for what, and why; all others must stand still while something is refused. */
const MOVING = {
  _prisma_migrations: 'written by migrations alone',
  rate_window: 'counts attempts, refused ones above all',
  worker_heartbeat: 'the worker says every few seconds that it lives',
  delivery_batch: 'the worker delivers earlier events meanwhile',
}

/** Columns that move by themselves: the first use of a key within a minute, an event that is delivered. */
const MOVING_COLUMNS: Record<string, string[]> = {
  api_key: ['lastUsedAt'],
  audit_event: ['batchId'],
}

/** Rows that are somebody else's: denials are told, and the worker tests connections on its own. */
const OWN_ROWS: Record<string, string> = {
  audit_event: `outcome IS DISTINCT FROM 'denied'`,
  connection_test: `trigger <> 'schedule'`,
}

export interface State {
  /** Table → how many rows there are, and a checksum over all of them. */
  tables: Record<string, string>
  objects: Map<string, string>
}

/** Everything that a refused request must leave as it is. */
export async function readState(behind: Behind): Promise<State> {
  const names = await behind.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const tables = names.map(({ name }) => name).filter((name) => !(name in MOVING))
  const sums = tables.map((table) => {
    const columns = MOVING_COLUMNS[table] ?? []
    const row = columns.reduce((json, column) => `${json} - '${column}'`, 'to_jsonb(t)')
    return `SELECT '${table}' AS name, count(*) || ' ' || coalesce(md5(string_agg(md5((${row})::text), '' ORDER BY md5((${row})::text))), '') AS sum
      FROM "${table}" t WHERE ${OWN_ROWS[table] ?? 'true'}`
  })
  const rows = await behind.query<{ name: string; sum: string }>(sums.join(' UNION ALL '))
  return {
    tables: Object.fromEntries(rows.map(({ name, sum }) => [name, sum])),
    objects: await behind.objects(),
  }
}

/** Holds the state against an earlier one. New objects are allowed where the worker delivered earlier events. */
export async function expectUnchanged(behind: Behind, before: State, what: string): Promise<void> {
  const after = await readState(behind)
  expect(after.tables, `${what} changed a table`).toEqual(before.tables)
  const delivered = await behind.query<{ key: string }>('SELECT key FROM delivery_batch')
  for (const { key } of delivered) {
    if (!before.objects.has(key)) after.objects.delete(key)
  }
  expect(after.objects, `${what} changed an object`).toEqual(before.objects)
}

/** How many denials are told of each actor. */
export async function countDenials({ query }: Behind): Promise<Map<string, number>> {
  const rows = await query<{ actor: string; count: string }>(
    `SELECT actor, sum(repeats) AS count FROM audit_event WHERE outcome = 'denied' GROUP BY actor`,
  )
  return new Map(rows.map(({ actor, count }) => [actor, Number(count)]))
}

/** Waits until the worker has nothing under way that a person asked for. */
export async function untilIdle({ query }: Behind): Promise<void> {
  const underWay = async () => {
    const [row] = await query<{ count: string }>(
      `SELECT count(*) FROM job WHERE state IN ('queued', 'running')`,
    )
    return Number(row?.count)
  }
  await expect.poll(underWay, { timeout: 30_000, intervals: [20, 50, 100] }).toBe(0)
}
