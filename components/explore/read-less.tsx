'use client'

import { Button } from '#components/ui/button'
import { ApiError } from '#lib/client/api'
import { SAMPLE_TOOK_TOO_LONG } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'
import type { SampleChoice } from './sample-choice'

const FEWER_RECORDS = [1_000, 100]

type Dimensions = Dataset['definition']['partitioning']['dimensions']

/**
 * A sample that takes less time than a choice, of which so many records were read, and what to call it; null where there
 * is none.
 */
export function chooseLess(
  dimensions: Dimensions,
  choice: SampleChoice,
  read: number,
): { label: string; choice: SampleChoice } | null {
  const newest = dimensions.map(({ type }) => (type === 'time' ? 'LATEST(1)' : '*')).join('|')
  if (dimensions.some(({ type }) => type === 'time') && choice.partitions !== newest)
    return { label: 'Read the newest period', choice: { ...choice, partitions: newest } }
  const bound = read > 0 ? Math.min(read, choice.records) : choice.records
  const records = FEWER_RECORDS.find((fewer) => fewer < bound)
  return records === undefined
    ? null
    : { label: `Read only ${formatQuantity(records, 'record')}`, choice: { ...choice, records } }
}

interface ReadLessProps {
  dataset: Dataset
  choice: SampleChoice
  /** The records that were read before the time was over. */
  read: number
  onChoose: (choice: SampleChoice) => void
}

/** Reads a sample that takes less time, where the one that was chosen could not be read in the time of one. */
export function ReadLess({ dataset, choice, read, onChoose }: ReadLessProps) {
  const less = chooseLess(dataset.definition.partitioning.dimensions, choice, read)
  return less && <Button onClick={() => onChoose(less.choice)}>{less.label}</Button>
}

/** Whether a sample failed since its time was over before any record was read. */
export const tookTooLong = (error: unknown): boolean =>
  error instanceof ApiError && error.problem.details.reason === SAMPLE_TOOK_TOO_LONG
