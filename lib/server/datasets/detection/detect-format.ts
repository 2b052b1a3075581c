import 'server-only'
import type { FilesDetection } from '#lib/domain/datasets/files-detection'
import type { DefinitionRequest } from '#lib/domain/datasets/files-wire'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatKind } from '#lib/domain/formats/catalogue'
import { describeNames } from '#lib/domain/formats/detect/describe-names'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import { connectionFilesKind } from '../connection-files-kind'
import { explainNoFile } from '../listing/explain-no-file'
import { connectionPathOf } from '../listing/scan-files'
import { chooseFiles } from './choose-files'
import { countLooked, type OnLooked } from './count-looked'
import { judgeSamples } from './judge-samples'
import type { SpreadFile } from './meet-files'
import { FOOTER_BYTES, readFileColumns } from './read-file-columns'
import { LEAST_READ_MS, type ReadFile, readSamples } from './read-samples'

const MOST_FILES = 8
/** When reading ends with what was read until then; the permit itself ends a little later. */
const READ_MS = 4_000
const DEADLINE_MS = 5_000

/**
 * Looks at the beginnings of several files of different ages and sizes, and tells how they are to be read. The definition's
 * own format does not matter; a file that cannot be read is listed with its problem and leaves the others as they are.
 */
export function detectFiles(
  ctx: Context,
  { definition }: Pick<DefinitionRequest, 'definition'>,
  onLooked: OnLooked = () => undefined,
): Promise<FilesDetection> {
  const { connection: name, path, bucket } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    'detect-format',
    { name },
    { deadlineMs: DEADLINE_MS, details: { path } },
    async ({ row }) => row,
    async (permit, connection) => {
      const startedMs = now().getTime()
      const store = openConnection(permit, connection, bucket ?? undefined)
      const files = await chooseFiles(store, definition, { most: MOST_FILES, isVaried: true })
      if (files.length === 0) {
        throw new Failure('not_found', await explainNoFile(store, connection, definition), {
          reason: 'nothing-to-detect',
          where: path,
        })
      }
      const toSource = ({ path: file }: SpreadFile) => ({ store, path: connectionPathOf(definition, file) })
      const looked = countLooked(files.length, onLooked)
      const samples = await readSamples(files, toSource, startedMs + READ_MS, store.permit.signal, looked)
      const judged = await judgeSamples(samples)
      const leftMs = Math.max(LEAST_READ_MS, startedMs + READ_MS - now().getTime())
      const candidates = await nameOwnColumns(judged.candidates, samples.read, (file, format, maxBytesIn) =>
        readFileColumns(store, connectionPathOf(definition, file), format, leftMs, maxBytesIn),
      )
      return { ...judged, candidates, durationMs: now().getTime() - startedMs }
    },
  )
}

type ColumnsOf = (path: string, format: FormatSettings, maxBytesIn?: number) => Promise<string[]>

/**
 * Files of binary formats name their columns themselves, not in their beginnings: the newest one that was met tells them,
 * and the others whether they have the same.
 */
const nameOwnColumns = (
  candidates: readonly FormatCandidate[],
  read: readonly ReadFile[],
  columnsOf: ColumnsOf,
): Promise<FormatCandidate[]> =>
  Promise.all(
    candidates.map(async (candidate) => {
      const { contents = [] } = formatKind(candidate.format.type)
      const own = read.filter(({ sample }) => contents.some(({ id }) => id === sample.looksLike?.id))
      const newest = own.at(-1)
      if (newest === undefined) return candidate
      const found = await Promise.all(
        own.map(({ file }) =>
          columnsOf(file.path, candidate.format, file === newest.file ? undefined : FOOTER_BYTES),
        ),
      )
      const known = found.filter(({ length }) => length > 0)
      return {
        ...candidate,
        columns: found.at(-1) ?? [],
        evidence: [...candidate.evidence, ...describeNames(known)],
      }
    }),
  )
