import 'server-only'
import type { PreviewRequest } from '#lib/domain/datasets/files-wire'
import { Failure } from '#lib/domain/errors'
import type { Preview } from '#lib/domain/formats/wire'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { previewObject } from '../../reader/preview-object'
import { connectionFilesKind } from '../connection-files-kind'
import { explainNoFile } from '../listing/explain-no-file'
import { connectionPathOf } from '../listing/scan-files'
import { readFormat } from '../read-format'
import { findPreviewFile } from './find-preview-file'

const DEADLINE_MS = 10_000

/** The first records of one file, read as the settings say: the file asked for, or a recent one. */
export function previewFiles(ctx: Context, { definition, file, records }: PreviewRequest): Promise<Preview> {
  const { connection: name, path, bucket } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    'preview',
    { name },
    { deadlineMs: DEADLINE_MS, details: { path, ...(file === undefined ? {} : { file }) } },
    async ({ row }) => row,
    async (permit, connection) => {
      const format = readFormat(definition)
      const store = openConnection(permit, connection, bucket ?? undefined)
      const found =
        file === undefined ? await findPreviewFile(store, definition) : { path: file, newestOf: null }
      if (found === null) throw nothingToShow(await explainNoFile(store, connection, definition), path)
      const preview = await previewObject({
        store,
        path: connectionPathOf(definition, found.path),
        format,
        maxRecords: records,
      })
      return {
        ...preview,
        usedPath: found.path,
        ...(found.newestOf === null ? {} : { newestOf: found.newestOf }),
      }
    },
  )
}

const nothingToShow = (message: string, where: string) =>
  new Failure('not_found', message, { reason: 'nothing-to-preview', where })
