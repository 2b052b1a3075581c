import 'server-only'
import { mayAudit, mayReadDetails, maySee } from '#lib/domain/connections/policy'
import type { ConnectionDetail, ConnectionList } from '#lib/domain/connections/wire'
import { readAs } from '../access/act'
import { type AuthorizedTx, administratorNames } from '../access/authorize'
import type { Context } from '../access/caller'
import { config } from '../platform/config'
import { connectionKind, connectionsKind } from './connection-kind'
import { type LastTest, toDetails, toItem, toTestResult } from './dto'
import { type ConnectionRow, loadConnections } from './load-connection'
import { externalIdOf } from './store-target'

/** The connections of the space as the caller may see them; locked ones by name, type and whom to ask. */
export function listConnections(ctx: Context): Promise<ConnectionList> {
  return readAs(ctx, connectionsKind, 'list', null, async ({ tx, subject, at }) => {
    const rows = (await loadConnections(tx, subject.spaceId)).filter((row) => maySee(subject, row, at))
    const tests = await lastTests(tx, subject.spaceId)
    const names = await userNamesIn(tx, subject.spaceId, rows)
    return {
      items: rows.map((row) => toItem(row, tests.get(row.id) ?? null, names, subject, at)),
      canAdd: subject.isAdministrator,
      ask: await administratorNames(tx, subject.spaceId, at),
    }
  })
}

/** One connection, with as much as the caller may know of it. */
export function getConnection(ctx: Context, name: string): Promise<ConnectionDetail> {
  return readAs(ctx, connectionKind, 'open', { name }, async ({ tx, row, subject, at }) => {
    const { spaceId } = row
    const lastTest = await tx.connectionTest.findFirst({
      where: { spaceId, connectionId: row.id },
      orderBy: { at: 'desc' },
    })
    const names = await userNamesIn(tx, spaceId, [row])
    return {
      ...toItem(row, lastTest, names, subject, at),
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
      readRequired: row.readRequired,
      details: mayReadDetails(subject, row, at) ? toDetails(row) : null,
      lastTest: mayAudit(subject) ? toTestResult(lastTest) : null,
      ask: await administratorNames(tx, spaceId, at),
      environmentAllowed: config().allowEnvironmentCredentials,
    }
  })
}

/** What the form of a new connection shows before there is one. */
export function getConnectionFormFacts(ctx: Context) {
  return readAs(ctx, connectionsKind, 'test-draft', null, async ({ subject }) => ({
    environmentAllowed: config().allowEnvironmentCredentials,
    externalId: externalIdOf(subject.spaceId),
  }))
}

type TestLine = NonNullable<LastTest> & { connectionId: string }

/** One look into the index per connection, however many tests there are. */
async function lastTests(tx: AuthorizedTx, spaceId: string): Promise<Map<string, TestLine>> {
  const found = await tx.$queryRaw<TestLine[]>`
    SELECT t."connectionId", t."at", t."ok", t."message", t."trigger", t."steps"
    FROM "connection" c
    CROSS JOIN LATERAL (
      SELECT * FROM "connection_test" t
      WHERE t."spaceId" = c."spaceId" AND t."connectionId" = c."id"
      ORDER BY t."at" DESC LIMIT 1
    ) t
    WHERE c."spaceId" = ${spaceId} AND c."removedAt" IS NULL`
  return new Map(found.map((test) => [test.connectionId, test]))
}

async function userNamesIn(
  tx: AuthorizedTx,
  spaceId: string,
  rows: readonly ConnectionRow[],
): Promise<Map<string, string>> {
  const ids = rows.flatMap((row) => row.grants.flatMap((grant) => grant.userId ?? []))
  if (ids.length === 0) return new Map()
  const users = await tx.user.findMany({
    where: { spaceId, id: { in: ids }, disabledAt: null },
    select: { id: true, name: true },
  })
  return new Map(users.map((user) => [user.id, user.name]))
}
