'use client'

import { RecordPanel } from '#components/grid/record-panel'
import type { Dataset, Sample } from '#lib/domain/datasets/wire'
import { formatCount } from '#lib/domain/format'
import { wholeRecord } from './whole-record'

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
      facts={factsOf(row)}
    />
  )
}

function factsOf({ chars, unparsed }: Sample['rows'][number]) {
  const cut = chars === undefined ? '' : `${formatCount(chars)} characters; here are its first 64 KiB.`
  return [
    ...(unparsed === undefined ? [] : [{ key: 'Not parsed', value: unparsed }]),
    ...(chars === undefined ? [] : [{ key: 'Too large', value: `${cut} It is too large to parse.` }]),
  ]
}
