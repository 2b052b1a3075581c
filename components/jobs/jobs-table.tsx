'use client'

import Link from 'next/link'
import { datasetAddress } from '#components/datasets/dataset-address'
import { Button } from '#components/ui/button'
import { Status } from '#components/ui/status'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time, useNowMs } from '#components/ui/time'
import { useCancelJob } from '#lib/client/jobs'
import { sayActor } from '#lib/domain/audit/say-actor'
import { formatDuration } from '#lib/domain/format'
import { labelJob } from '#lib/domain/jobs/describe-job'
import type { DatasetJob } from '#lib/domain/jobs/wire'
import { ranMs, sayOrigin, statusOf } from './job-words'
import { type JobsView, jobsAddress } from './jobs-address'

interface JobsTableProps {
  projectKey: string
  view: JobsView
  jobs: readonly DatasetJob[]
}

/** Jobs as rows: what, of which dataset, how it stands, who started it, when and how long. */
export function JobsTable({ projectKey, view, jobs }: JobsTableProps) {
  const cancel = useCancelJob()
  const columns: Column<DatasetJob>[] = [
    {
      id: 'job',
      header: 'Job',
      card: 'head',
      // Else a dataset of a long name takes the room of all the rest; beside an open job there is less of it.
      width: view.job ? 200 : 320,
      cell: (job) => (
        <NameCell second={<JobDataset projectKey={projectKey} job={job} />}>
          <Link id={`job-${job.id}`} href={jobsAddress(projectKey, { ...view, job: job.id })} scroll={false}>
            {labelJob(job.kind)}
          </Link>
        </NameCell>
      ),
    },
    { id: 'state', header: 'State', cell: (job) => <JobStanding job={job} /> },
    {
      id: 'who',
      header: 'Started by',
      cell: (job) => (
        <NameCell second={sayOrigin(job)}>
          <span>{sayActor(job.startedBy)}</span>
        </NameCell>
      ),
    },
    { id: 'when', header: 'Started', cell: (job) => <Time at={job.startedAt ?? job.createdAt} /> },
    { id: 'took', header: 'Took', look: 'num', cell: (job) => <Took job={job} /> },
    {
      id: 'cancel',
      header: 'Actions',
      headerHidden: true,
      card: 'action',
      width: 96,
      cell: (job) =>
        job.canCancel && (
          <Button
            small
            aria-label={`Cancel ${labelJob(job.kind)} of ${job.dataset}`}
            disabledReason={job.cancelRequested ? 'It stops within a second.' : null}
            busy={cancel.isPending && cancel.variables === job.id}
            onClick={() => cancel.mutate(job.id)}
          >
            Cancel
          </Button>
        ),
    },
  ]
  return (
    <Table
      two
      label="Jobs"
      columns={columns}
      rows={jobs}
      rowKey={(job) => job.id}
      selectedKey={view.job ?? null}
    />
  )
}

/** The dataset a job is about, as a link while it is there. */
export function JobDataset({ projectKey, job }: { projectKey: string; job: DatasetJob }) {
  if (!job.isThere)
    return (
      <>
        <span className="mono">{job.dataset}</span> · no longer here
      </>
    )
  return (
    <Link className="mono" href={datasetAddress(projectKey, job.dataset, 'explore')}>
      {job.dataset}
    </Link>
  )
}

/** The state with what there is to say of it: how far it is, why it failed. */
function JobStanding({ job }: { job: DatasetJob }) {
  const [kind, word] = statusOf(job)
  const more = job.error?.message ?? job.message
  return (
    <span className="standing">
      <Status kind={kind}>{word}</Status>
      {more && more !== word && (
        <span className="small muted" title={more}>
          {more}
        </span>
      )}
    </span>
  )
}

/** Only this cell follows the clock. */
function Took({ job }: { job: DatasetJob }) {
  const took = ranMs(job, useNowMs() ?? Date.parse(job.createdAt))
  return <>{took === null ? '–' : formatDuration(took)}</>
}
