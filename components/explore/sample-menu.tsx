'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { Popover } from '#components/ui/popover'
import { useNowMs } from '#components/ui/time'
import { partitionsQuery } from '#lib/client/datasets'
import { checkRange } from '#lib/domain/datasets/check-range'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatCount } from '#lib/domain/format'
import { RangeField } from './range-field'
import { MOST_RECORDS, type SampleChoice } from './sample-choice'

interface SampleMenuProps {
  dataset: Dataset
  /** What the button says: which records are shown. */
  label: string
  choice: SampleChoice
  onChoose: (choice: SampleChoice) => void
  disabledReason: string | null
}

/** Which records the sample holds, and the form that changes it. */
export function SampleMenu({ dataset, label, choice, onChoose, disabledReason }: SampleMenuProps) {
  const [open, setOpen] = useState(false)
  const button = (
    <Button
      variant="ghost"
      small
      className="-ms-2 text-text max-md:h-auto! max-md:whitespace-normal! max-md:text-start"
      disabledReason={disabledReason}
      title="Change the sample"
    >
      {label} <span className="sr">· change</span> <Icon name="down" />
    </Button>
  )
  if (disabledReason) return button
  return (
    <Popover title="Change the sample" open={open} onOpenChange={setOpen} trigger={button}>
      <SampleForm
        dataset={dataset}
        choice={choice}
        onChoose={(next) => {
          setOpen(false)
          onChoose(next)
        }}
      />
    </Popover>
  )
}

function SampleForm({ dataset, choice, onChoose }: Pick<SampleMenuProps, 'dataset' | 'choice' | 'onChoose'>) {
  const [records, setRecords] = useState(String(choice.records))
  const [range, setRange] = useState(choice.partitions ?? '')
  const { data } = useQuery({
    ...partitionsQuery(dataset.projectKey, dataset.name),
    enabled: dataset.partitioned,
  })
  const nowMs = useNowMs() ?? 0
  const { dimensions } = dataset.definition.partitioning
  const report = data && !data.stale ? data.report : null
  const asked = range.trim()
  const check = asked === '' ? null : checkRange(asked, dimensions, report, nowMs)
  const count = Number(records)
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST_RECORDS
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isCount && !check?.mistake) onChoose({ records: count, partitions: asked === '' ? null : asked })
  }
  return (
    <form className="form w-88 max-w-full" onSubmit={submit} noValidate>
      <Field
        label="Records"
        error={isCount ? undefined : `A sample has 1 to ${formatCount(MOST_RECORDS)} records.`}
      >
        <Input
          mono
          width="s"
          inputMode="numeric"
          value={records}
          onChange={(event) => setRecords(event.target.value)}
        />
      </Field>
      {dataset.partitioned && (
        <RangeField
          label="Partitions"
          value={range}
          onValueChange={setRange}
          check={check}
          hint={`Empty: spread over the newest ones. Else a range specification, such as ${exampleFor(dimensions)}`}
        />
      )}
      <div className="row">
        <Button type="submit" disabledReason={check?.mistake ?? null}>
          Read this sample
        </Button>
      </div>
    </form>
  )
}

const exampleFor = (dimensions: Dataset['definition']['partitioning']['dimensions']) =>
  dimensions.map((dimension) => (dimension.type === 'time' ? '-7d/now' : '*')).join('|')
