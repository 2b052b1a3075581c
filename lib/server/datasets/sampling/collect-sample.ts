import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { Sample, SampleRequest } from '#lib/domain/datasets/sample-wire'
import { Failure } from '#lib/domain/errors'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import type { Permit } from '../../platform/permit'
import { type DatasetRow, definitionOf } from '../dataset-kind'
import { findNoFile, type NoFile } from '../listing/explain-no-file'
import { readListedIds } from '../listing/listings'
import { chooseSample, type SampleChoice } from './choose-sample'
import { SampleReading } from './sample-reading'

/** When no further file is opened: what was read until then is the sample. The permit itself ends a little later. */
const READ_MS = 8_000
export const SAMPLE_DEADLINE_MS = 10_000

/** Reads a sample of a dataset: `partitionsTotal` is what its last listing counted. */
export async function collectSample(
  permit: Permit,
  row: DatasetRow,
  request: SampleRequest,
  partitionsTotal: number | null,
): Promise<Sample> {
  const startedAt = now()
  const definition = definitionOf(row)
  const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
  const choice = await chooseSample(store, definition, request, {
    now: startedAt.getTime(),
    listedIds: () => readListedIds(row),
  })
  const reading = new SampleReading(store, permit, definition, startedAt.getTime() + READ_MS)
  const read = await reading.read(choice, request.records)
  const isShort = read.rows.length < request.records
  const none = read.rows.length > 0 ? null : await whyNone(reading, store, row, definition, choice)
  const empty = none?.because ?? null
  if (empty !== null && !reading.isFull && definition.params.notReadyIfEmpty && !isOfChosen(choice))
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
    emptyBecause: empty,
    isUnmatched: none?.isUnmatched ?? false,
  }
}

/** What kept a sample from being of all files that it could be of, if anything did; `isShort` of the records asked for. */
export function whatEnded(
  { ranOut, isFull }: Pick<SampleReading, 'ranOut' | 'isFull'>,
  { cut }: Pick<SampleChoice, 'cut'>,
  isShort: boolean,
): Sample['endedBy'] {
  if (ranOut) return 'deadline'
  if (isFull) return 'size'
  return cut === 'matters' || (cut === 'matters-if-short' && isShort) ? 'scan-budget' : null
}

const TOO_LARGE = 'The first record is larger than a sample may be.'

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
