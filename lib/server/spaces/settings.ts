import 'server-only'
import type { Settings, SpaceChange } from '#lib/domain/spaces/wire'
import packageFile from '../../../package.json'
import { changed, readAs, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { can } from '../access/resource-kind'
import { config } from '../platform/config'
import { spaceKind } from './space-kind'

/** The space and what the operator set; keys and passwords are not part of it. */
export function getSettings(ctx: Context): Promise<Settings> {
  return readAs(ctx, spaceKind, 'read-settings', null, async ({ tx, row, subject, at }) => {
    const installation = await tx.installation.findUniqueOrThrow({ where: { id: 'installation' } })
    return {
      space: { id: row.id, name: row.name, createdAt: row.createdAt.toISOString() },
      operator: operatorSettings(),
      installation: {
        version: packageFile.version,
        shortId: installation.shortId,
        createdAt: installation.createdAt.toISOString(),
      },
      canSave: can(spaceKind, 'save', subject, row, at).allowed,
    }
  })
}

function operatorSettings(): Settings['operator'] {
  const { url, entitlement, allowedEndpoints, allowEnvironmentCredentials, store, databaseUrl } = config()
  const database = new URL(databaseUrl)
  return {
    url: url.origin,
    entitlement,
    allowedEndpoints,
    allowEnvironmentCredentials,
    storeEndpoint: store.endpoint ? new URL(store.endpoint).host : null,
    storeRegion: store.region,
    storeBucket: store.bucket,
    database: `${database.host}${database.pathname}`,
  }
}

/** Gives the space another name. */
export function saveSpace(ctx: Context, { name }: SpaceChange): Promise<void> {
  return writeAs(ctx, spaceKind, 'save', null, async ({ tx, row }) => {
    if (name === row.name) return unchanged(undefined)
    await tx.space.update({ where: { id: row.id }, data: { name } })
    return changed(undefined, {
      msgType: 'space-save',
      objectType: 'space',
      objectId: row.id,
      before: { name: row.name },
      after: { name },
    })
  })
}
