import 'server-only'
import { kindOf } from '#lib/domain/datasets/file-kinds'
import { isBeside } from '#lib/domain/datasets/files-detection'
import type { FilesPreview } from '#lib/domain/datasets/files-preview'
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
import { ENOUGH_RECORDS, FEW_RECORDS, named, readOn } from './read-on'

const DEADLINE_MS = 10_000

/**
 * The first records of one file, read as the settings say: the file asked for, or a recent one. Where that holds few, those of
 * further files follow, as long as nobody asked for this very file.
 */
export function previewFiles(
  ctx: Context,
  { definition, file, readOn: goesOn = file === undefined, beside = [], records }: PreviewRequest,
): Promise<FilesPreview> {
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
      const found = file === undefined ? await findPreviewFile(store, definition) : null
      const usedPath = file ?? found?.path
      if (usedPath === undefined)
        throw nothingToShow(await explainNoFile(store, connection, definition), path)
      const toPath = (one: string) => connectionPathOf(definition, one)
      const first = await previewObject({ store, path: toPath(usedPath), format, maxRecords: records })
      const others = async () => {
        const near = found ?? (await findPreviewFile(store, definition))
        const files = near === null ? [] : [near.path, ...near.others]
        return files.filter(
          (one) => one !== usedPath && kindOf(one) === kindOf(usedPath) && !isBeside(one, beside),
        )
      }
      const shown = named(first, usedPath)
      const isReadOn = goesOn && hasFewRecords(first)
      const enough = isReadOn ? Math.min(records, ENOUGH_RECORDS) : records
      return {
        ...(await readOn({ store, format, toPath }, isReadOn ? await others() : [], shown, enough)),
        isOfLastFolder: found?.isOfLastFolder ?? false,
        ...(found === null || found.newestOf === null ? {} : { newestOf: found.newestOf }),
      }
    },
  )
}

/** Whole, and with hardly a record, as a table of a header alone: what breaks off or is no such file is told by itself. */
function hasFewRecords({ truncatedBy, rows, looksLike, problems }: Preview): boolean {
  if (truncatedBy !== null || rows.length >= FEW_RECORDS) return false
  return rows.length > 0 || (looksLike === null && !problems.some(({ reason }) => reason === 'no-root-path'))
}

const nothingToShow = (message: string, where: string) =>
  new Failure('not_found', message, { reason: 'nothing-to-preview', where })
