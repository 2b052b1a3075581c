import 'server-only'
import { foldersTowardsAllowed } from '#lib/domain/connections/paths'
import type { FilesRequest, FolderPage } from '#lib/domain/datasets/files-wire'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import type { ConnectionRow } from '../../connections/load-connection'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { connectionFilesKind } from '../connection-files-kind'
import { explainEmpty } from './explain-empty'

const ENTRIES = 50
const DEADLINE_MS = 10_000

/** One page of a folder as the file browser shows it: its next folders and files, first entries at once. */
export function browseFolder(ctx: Context, request: FilesRequest & { after?: string }): Promise<FolderPage> {
  const path = request.path.endsWith('/') ? request.path : `${request.path}/`
  return withPermit(
    ctx,
    connectionFilesKind,
    'browse',
    { name: request.connection },
    { deadlineMs: DEADLINE_MS, details: { path } },
    async ({ row }) => row,
    (permit, connection) => {
      const store = openConnection(permit, connection, request.bucket ?? undefined)
      return readFolder(store, connection, path, request.after)
    },
  )
}

async function readFolder(
  store: ObjectStore,
  connection: ConnectionRow,
  path: string,
  after: string | undefined,
): Promise<FolderPage> {
  const towards = foldersTowardsAllowed(store.scope, path)
  if (towards.length > 0) return { path, folders: towards, files: [], next: null, emptyBecause: null }
  const page = await store.listPage({
    prefixPath: path,
    delimiter: '/',
    maxKeys: ENTRIES,
    ...(after === undefined ? {} : { continuationToken: after }),
  })
  const files = page.objects
    .filter((object) => object.path !== path)
    .map(({ path: file, sizeBytes, modifiedAtMs, storageClass }) => ({
      path: file,
      sizeBytes,
      storageClass,
      modifiedAt: new Date(modifiedAtMs).toISOString(),
    }))
  const isEmpty =
    page.folders.length + files.length === 0 && page.nextToken === undefined && after === undefined
  return {
    path,
    folders: page.folders,
    files,
    next: page.nextToken ?? null,
    emptyBecause: isEmpty ? await explainEmpty(store, connection, path, now()) : null,
  }
}
