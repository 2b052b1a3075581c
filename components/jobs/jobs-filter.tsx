'use client'

import { useQuery } from '@tanstack/react-query'
import { Select } from '#components/ui/select'
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

/** The value that stands for no filter. */
const ALL = ''

const STATES = [
  { value: ALL, label: 'All states' },
  ...JOB_GROUPS.map((value) => ({ value, label: GROUP_LABELS[value] })),
] as const

const KINDS = [
  { value: ALL, label: 'All kinds' },
  ...DATASET_JOB_KINDS.map((value) => ({ value, label: labelJob(value) })),
] as const

/** Chooses jobs by state, kind and dataset. */
export function JobsFilter({ projectKey, view, onViewChange }: JobsFilterProps) {
  const { data } = useQuery(datasetsQuery(projectKey))
  const names = new Set(data?.datasets.map(({ name }) => name))
  // Jobs outlive their dataset, and an address may name one that is gone.
  if (view.dataset !== undefined) names.add(view.dataset)
  const datasets = [
    { value: ALL, label: 'All datasets' },
    ...[...names].sort().map((name) => ({ value: name, label: name })),
  ]
  return (
    <fieldset className="row wrap" aria-label="Filter">
      <Select
        className="w-m min-w-36 flex-1"
        aria-label="State"
        value={view.state ?? ALL}
        choices={STATES}
        onValueChange={(state) => onViewChange({ state: state === ALL ? undefined : state })}
      />
      <Select
        className="w-m min-w-36 flex-1"
        aria-label="Kind"
        value={view.kind ?? ALL}
        choices={KINDS}
        onValueChange={(kind) => onViewChange({ kind: kind === ALL ? undefined : kind })}
      />
      <Select
        className="w-m min-w-36 flex-1"
        aria-label="Dataset"
        value={view.dataset ?? ALL}
        choices={datasets}
        onValueChange={(name) => onViewChange({ dataset: name === ALL ? undefined : name })}
      />
    </fieldset>
  )
}
