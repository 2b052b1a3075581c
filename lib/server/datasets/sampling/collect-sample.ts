import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { SAMPLE_TOOK_TOO_LONG, type Sample, type SampleRequest } from '#lib/domain/datasets/sample-wire'
import { Failure } from '#lib/domain/errors'
import { formatDuration } from '#lib/domain/format'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { isPastDeadline, type Permit } from '../../platform/permit'
import { type DatasetRow, definitionOf } from '../dataset-kind'
import { findNoFile, type NoFile } from '../listing/explain-no-file'
import { readListedIds } from '../listing/listings'
import { chooseSample, type SampleChoice } from './choose-sample'
import { SampleReading } from './sample-reading'

/** How long a sample may take, in milliseconds from its beginning. */
export interface SampleTimes {
  /** When no further page is listed: the sample is of the files that are known then. */
  listMs: number
  /** When no further file is opened: what was read until then is the sample. */
  readMs: number
  /** When its permit ends, a little later. */
  wholeMs: number
}

export const SAMPLE_TIMES: SampleTimes = { listMs: 5_000, readMs: 8_000, wholeMs: 10_000 }

/**
 * Reads a sample of a dataset: `partitionsTotal` is what its last listing counted.
 * @throws Failure `limit_exceeded` (sample-took-too-long) where no file was known in time
 */
export async function collectSample(
  permit: Permit,
  row: DatasetRow,
  request: SampleRequest,
  partitionsTotal: number | null,
  times = SAMPLE_TIMES,
): Promise<Sample> {
  const startedAt = now()
  const definition = definitionOf(row)
  const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
  const choice = await chooseSample(store, definition, request, {
    now: startedAt.getTime(),
    listedIds: () => readListedIds(row),
    listUntilMs: startedAt.getTime() + times.listMs,
  }).catch((error: unknown) => {
    throw isPastDeadline(permit.signal) ? tookTooLong(row, times) : error
  })
  const reading = new SampleReading(store, permit, definition, startedAt.getTime() + times.readMs)
  const read = await reading.read(choice, request.records)
  const isShort = read.rows.length < request.records
  const none = read.rows.length > 0 ? null : await whyNone(reading, store, row, definition, choice)
  const empty = none?.because ?? null
  if (
    empty !== null &&
    !reading.isFull &&
    !reading.ranOut &&
    definition.params.notReadyIfEmpty &&
    !isOfChosen(choice)
  )
    throw notReady(row, empty)
  const { mode, within, amongNewest, random } = choice
  const endedBy = whatEnded(reading, choice, isShort)
  return {
    mode,
    within,
    amongNewest,
    complete: choice.isAll && isShort && endedBy === null && read.problems.length === 0,
    random,
    partitionsTotal,
    columns: definition.schema.columns.map(({ name, type }) => ({ name, type })),
    ...read,
    readAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    endedBy,
    filesRead: reading.filesRead,
    filesFound: choice.groups.reduce((sum, files) => sum + files.length, 0),
    emptyBecause: empty,
    isUnmatched: none?.isUnmatched ?? false,
  }
}

/** What kept a sample from being of all files that it could be of, if anything did; `isShort` of the records asked for. */
export function whatEnded(
  { ranOut, isFull }: Pick<SampleReading, 'ranOut' | 'isFull'>,
  { cut, isLate }: Pick<SampleChoice, 'cut' | 'isLate'>,
  isShort: boolean,
): Sample['endedBy'] {
  if (ranOut) return 'deadline'
  if (isFull) return 'size'
  if (cut === 'none' || (cut === 'matters-if-short' && !isShort)) return null
  return isLate ? 'scan-deadline' : 'scan-budget'
}

const tookTooLong = (row: DatasetRow, { wholeMs }: SampleTimes) =>
  new Failure(
    'limit_exceeded',
    `Finding the files of ${row.name} took more than ${formatDuration(wholeMs)}, so that none of them was read.`,
    {
      reason: SAMPLE_TOOK_TOO_LONG,
      where: definitionOf(row).params.path,
      remedy: 'Read fewer partitions, such as the newest, or try again when the store answers faster.',
    },
  )

const TOO_LARGE = 'The first record is larger than a sample may be.'

const OUT_OF_TIME = 'No record came in the time that a sample may take.'

/** "Not ready if empty": an empty dataset is no answer but something to wait for. */
const notReady = (row: DatasetRow, because: string) =>
  new Failure('not_found', `${row.name} is not ready: it is empty. ${because}`, {
    reason: 'dataset-not-ready',
    where: row.name,
    remedy: 'Try again when its files are there, or clear Not ready if empty on Advanced.',
  })

const isOfChosen = ({ mode, within }: SampleChoice) => mode === 'chosen-partitions' || within !== null

/** Why a sample holds no record, and whether the pattern is the cause. */
async function whyNone(
  reading: SampleReading,
  store: ObjectStore,
  row: DatasetRow,
  definition: DatasetDefinition,
  choice: SampleChoice,
): Promise<NoFile> {
  if (reading.isFull) return { because: TOO_LARGE, isUnmatched: false }
  if (reading.ranOut) return { because: OUT_OF_TIME, isUnmatched: false }
  const { because, isUnmatched } = await whyNoRecord(store, row, definition, choice)
  return { because: [because, await reading.explainSilence()].filter(Boolean).join(' '), isUnmatched }
}

async function whyNoRecord(
  store: ObjectStore,
  row: DatasetRow,
  definition: DatasetDefinition,
  choice: SampleChoice,
): Promise<NoFile> {
  if (isOfChosen(choice)) return { because: 'None of these partitions holds a record.', isUnmatched: false }
  if (choice.groups.some((files) => files.length > 0))
    return { because: 'The files that were read hold no records.', isUnmatched: false }
  return findNoFile(store, row.connection, definition)
}
