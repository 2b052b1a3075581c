'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Icon } from '#components/ui/icon'
import { Input } from '#components/ui/input'
import { Joined } from '#components/ui/joined'
import { Popover } from '#components/ui/popover'
import { Select } from '#components/ui/select'
import { useNowMs } from '#components/ui/time'
import { partitionsQuery } from '#lib/client/datasets'
import { checkRange } from '#lib/domain/datasets/check-range'
import type { SampleMode } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatCount } from '#lib/domain/format'
import { RangeField } from './range-field'
import { MOST_SEED, readNumber, type SampleChoice } from './sample-choice'

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
      className="-ms-2 text-text min-w-0 shrink! h-auto! min-h-(--control-s) whitespace-normal! text-start"
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

const MODES: { value: SampleMode; label: string }[] = [
  { value: 'spread', label: 'Spread over partitions' },
  { value: 'first', label: 'First records' },
  { value: 'last', label: 'Last records' },
  { value: 'random', label: 'Random over files' },
]
const HINTS: Record<SampleMode, string> = {
  spread: 'As many of each of the newest partitions, or of those asked for.',
  first: 'In the order of the files’ paths.',
  last: 'The last records of the files that were changed last.',
  random: 'The first records of files that a seed chooses: the same seed, the same files.',
}
const COUNTS = [1_000, 10_000]

function SampleForm({ dataset, choice, onChoose }: Pick<SampleMenuProps, 'dataset' | 'choice' | 'onChoose'>) {
  const [records, setRecords] = useState(choice.records)
  const [mode, setMode] = useState(dataset.partitioned || choice.mode !== 'spread' ? choice.mode : 'first')
  const [seed, setSeed] = useState(String(choice.seed))
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
  const seedNumber = readNumber(seed.trim(), 0, MOST_SEED)
  const seedMistake = mode === 'random' && seedNumber === null ? `A whole number up to ${MOST_SEED}.` : null
  const nothing =
    check?.ids?.length === 0 ? 'What is asked for resolves to no partition of the last listing.' : null
  const reason = check?.mistake ?? nothing ?? seedMistake
  const counts = [...new Set([...COUNTS, choice.records])].sort((a, b) => a - b)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason) return
    onChoose({ records, mode, seed: seedNumber ?? choice.seed, partitions: asked === '' ? null : asked })
  }
  return (
    <form className="form w-88 max-w-full" onSubmit={submit} noValidate>
      <Field label="Which records" hint={HINTS[mode]}>
        <Select
          value={mode}
          choices={MODES.filter(({ value }) => dataset.partitioned || value !== 'spread')}
          onValueChange={setMode}
        />
      </Field>
      {mode === 'random' && (
        <Field label="Seed" error={seedMistake ?? undefined}>
          <Joined>
            <Input mono inputMode="numeric" value={seed} onChange={({ target }) => setSeed(target.value)} />
            <Button onClick={() => setSeed(String(Math.floor(Math.random() * 10_000)))}>Another</Button>
          </Joined>
        </Field>
      )}
      <Field label="Records">
        <Select
          value={String(records)}
          choices={counts.map((count) => ({ value: String(count), label: formatCount(count) }))}
          onValueChange={(count) => setRecords(Number(count))}
        />
      </Field>
      {dataset.partitioned && (
        <RangeField
          named
          label="Partitions"
          value={range}
          onValueChange={setRange}
          check={check}
          hint={`Empty: ${mode === 'spread' || mode === 'last' ? 'the newest ones' : 'all of them'}. Else a range specification, such as ${exampleFor(dimensions)}`}
        />
      )}
      <div className="row">
        <Button type="submit" disabledReason={reason}>
          Read this sample
        </Button>
      </div>
    </form>
  )
}

const exampleFor = (dimensions: Dataset['definition']['partitioning']['dimensions']) =>
  dimensions.map((dimension) => (dimension.type === 'time' ? '-7d/now' : '*')).join('|')
