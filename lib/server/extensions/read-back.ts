import 'server-only'
import { createHash } from 'node:crypto'
import { Failure } from '#lib/domain/errors'
import type { ExtensionFacts } from '#lib/domain/extensions/catalogue'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import { connectionKind } from '../connections/connection-kind'
import { openConnection } from '../connections/store-target'
import { checkConnection } from '../connections/test-connection'

const DEADLINE_MS = 20_000

/**
 * Reads an object through the extension's connection, with its key that can only read, and holds it against what was
 * written. Its health is checked on the way, so that the connection has a first test.
 * @throws the store's Failure; `conflict` when the bytes differ
 */
export async function readBack(
  ctx: Context,
  { connectionName }: ExtensionFacts,
  written: { path: string; sha256: string },
): Promise<void> {
  const connectionId = await withPermit(
    ctx,
    connectionKind,
    'check',
    { name: connectionName },
    { deadlineMs: DEADLINE_MS },
    async ({ row }) => row,
    async (permit, row) => {
      const object = await openConnection(permit, row).getStream({ path: written.path })
      const hash = createHash('sha256')
      for await (const chunk of object.bytes) hash.update(chunk)
      if (hash.digest('hex') !== written.sha256) throw differs(written.path)
      return row.id
    },
  )
  await checkConnection(ctx, connectionId, 'activation')
}

const differs = (path: string) =>
  new Failure('conflict', 'The object that was read back is not the one that was written.', {
    reason: 'read-back-differs',
    where: path,
    remedy: 'Ask the operator whether the two keys of the platform open the same bucket.',
  })
