import 'server-only'
import type { ConnectionDependents } from '#lib/domain/connections/who-can-access'
import { extensionKeys } from '#lib/domain/extensions/catalogue'
import type { Extension, ExtensionList } from '#lib/domain/extensions/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { loadConnection } from '../connections/load-connection'
import { dependentsOf } from '../datasets/connections/connection-dependents'
import { toExtension } from './dto'
import { extensionKind, extensionsKind, loadExtension } from './extension-kind'

/** The catalogue: every extension with its state in this space. */
export function listExtensions(ctx: Context): Promise<ExtensionList> {
  return readAs(ctx, extensionsKind, 'list', null, async ({ tx, row, subject, at }) => {
    const extensions: Extension[] = []
    for (const key of extensionKeys.options) {
      const loaded = await loadExtension(tx, row.spaceId, { key })
      if (loaded) extensions.push(await toExtension(tx, loaded, subject, at))
    }
    return { extensions }
  })
}

/** One extension, as its page polls it. */
export function getExtension(ctx: Context, key: string): Promise<Extension> {
  return readAs(ctx, extensionKind, 'read', { key }, ({ tx, row, subject, at }) =>
    toExtension(tx, row, subject, at),
  )
}

/** Every dataset, project and owner that removing the extension's connection concerns. */
export function listExtensionDependents(ctx: Context, key: string): Promise<ConnectionDependents> {
  return readAs(ctx, extensionKind, 'list-dependents', { key }, async ({ tx, row }) => {
    const connection = await loadConnection(tx, row.spaceId, { name: row.facts.connectionName })
    if (connection?.managedBy !== row.facts.key) return { datasets: [], projects: 0, total: 0 }
    return dependentsOf(tx, row.spaceId, connection.id)
  })
}
