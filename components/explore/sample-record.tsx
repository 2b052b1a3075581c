'use client'

import { RecordPanel } from '#components/grid/record-panel'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatCount } from '#lib/domain/format'
import { isPutTogether, wholeRecord } from './whole-record'

interface SampleRecordProps {
  dataset: Dataset
  sample: Sample
  /** Its place among the rows as they were read. */
  place: number
  /** Its number in the grid, from 1. */
  number: number
  onPrevious: (() => void) | null
  onNext: (() => void) | null
  onClose: () => void
}

/** One record of a sample, whole, with the object it comes from. */
export function SampleRecord({ dataset, sample, place, ...rest }: SampleRecordProps) {
  const row = sample.rows[place]
  const file = row && sample.files[row.file]
  if (!row || !file) return null
  const { path } = dataset.definition.params
  return (
    <RecordPanel
      {...rest}
      raw={wholeRecord(sample.columns, row)}
      objectKey={path.replace(/\/$/, '') + file.path}
      recordNumber={row.number}
      partition={dataset.partitioned ? file.partition : undefined}
      facts={[
        { key: 'In the archive', value: file.entry, mono: true },
        { key: 'Shown as', value: isPutTogether(sample.columns, row) ? 'JSON of its columns' : null },
        ...factsOf(row),
      ]}
    />
  )
}

function factsOf({ chars, tooLarge, unparsed }: Sample['rows'][number]) {
  return [
    ...(unparsed === undefined ? [] : [{ key: 'Not parsed', value: unparsed }]),
    ...(chars === undefined ? [] : [sayLength(chars, tooLarge === true)]),
  ]
}

function sayLength(chars: number, isTooLarge: boolean) {
  const length = `${formatCount(chars)} characters`
  return isTooLarge
    ? { key: 'Too large', value: `${length}; here are its first 64 KiB. It is too large to parse.` }
    : { key: 'Cut', value: `The longest value has ${length}; here are its first 64 KiB.` }
}
