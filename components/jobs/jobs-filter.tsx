'use client'

import { useQuery } from '@tanstack/react-query'
import { Select, type SelectChoice } from '#components/ui/select'
import { datasetsQuery } from '#lib/client/datasets'
import { labelJob } from '#lib/domain/jobs/describe-job'
import { DATASET_JOB_KINDS, JOB_GROUPS } from '#lib/domain/jobs/wire'
import { GROUP_LABELS } from './job-words'
import type { JobsView } from './jobs-address'

interface JobsFilterProps {
  projectKey: string
  view: JobsView
  /** Told what changes of the view. */
  onViewChange: (change: JobsView) => void
}

const STATES = JOB_GROUPS.map((value) => ({ value, label: GROUP_LABELS[value] }))
const KINDS = DATASET_JOB_KINDS.map((value) => ({ value, label: labelJob(value) }))

/** Chooses jobs by state, kind and dataset. */
export function JobsFilter({ projectKey, view, onViewChange }: JobsFilterProps) {
  const { data } = useQuery(datasetsQuery(projectKey))
  const names = new Set(data?.datasets.map(({ name }) => name))
  // Jobs outlive their dataset, and an address may name one that is gone.
  if (view.dataset !== undefined) names.add(view.dataset)
  const datasets = [...names].sort().map((name) => ({ value: name, label: name }))
  return (
    <fieldset className="row wrap" aria-label="Filter">
      <FilterSelect
        label="State"
        all="All states"
        value={view.state}
        choices={STATES}
        onValueChange={(state) => onViewChange({ state })}
      />
      <FilterSelect
        label="Kind"
        all="All kinds"
        value={view.kind}
        choices={KINDS}
        onValueChange={(kind) => onViewChange({ kind })}
      />
      <FilterSelect
        label="Dataset"
        all="All datasets"
        value={view.dataset}
        choices={datasets}
        onValueChange={(dataset) => onViewChange({ dataset })}
      />
    </fieldset>
  )
}

/** The value that stands for no filter. */
const ALL = ''

interface FilterSelectProps<T extends string> {
  label: string
  /** What no filter is called. */
  all: string
  value: T | undefined
  choices: readonly SelectChoice<T>[]
  onValueChange: (value: T | undefined) => void
}

function FilterSelect<T extends string>({ label, all, value, choices, onValueChange }: FilterSelectProps<T>) {
  return (
    <Select<T | typeof ALL>
      className="w-m min-w-36 flex-1"
      aria-label={label}
      value={value ?? ALL}
      choices={[{ value: ALL, label: all }, ...choices]}
      onValueChange={(chosen) => onValueChange(chosen === ALL ? undefined : chosen)}
    />
  )
}
