'use client'

import { RecordPanel } from '#components/grid/record-panel'
import type { Dataset, Sample } from '#lib/domain/datasets/wire'
import { formatCount } from '#lib/domain/format'

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
  const isCut = row.chars !== undefined
  return (
    <RecordPanel
      {...rest}
      raw={wholeRecord(sample.columns, row.cells)}
      objectKey={path.replace(/\/$/, '') + file.path}
      recordNumber={row.number}
      partition={dataset.partitioned ? file.partition : undefined}
      facts={
        isCut
          ? [
              {
                key: 'Too large',
                value: `${formatCount(row.chars ?? 0)} characters; here are its first 64 KiB. It is too large to parse.`,
              },
            ]
          : []
      }
    />
  )
}

/** The record as its file holds it, when it is a line; several columns as one JSON text. */
function wholeRecord(columns: Sample['columns'], cells: readonly (string | null)[]): string {
  if (columns.length === 1) return cells[0] ?? ''
  return JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null])))
}
