'use client'

import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { type DatasetTab, datasetAddress } from '#components/datasets/dataset-address'
import { Banner } from '#components/ui/banner'
import { Button, ButtonLink } from '#components/ui/button'
import { Code } from '#components/ui/code'
import { KeyValue } from '#components/ui/key-value'
import { Panel } from '#components/ui/panel'
import { Progress } from '#components/ui/progress'
import { Skeleton } from '#components/ui/skeleton'
import { Status } from '#components/ui/status'
import { Time, useNowMs } from '#components/ui/time'
import { ApiError } from '#lib/client/api'
import { datasetJobQuery, useCancelJob } from '#lib/client/jobs'
import { sayActor } from '#lib/domain/audit/say-actor'
import { listPartitionsJob } from '#lib/domain/datasets/jobs'
import { computeMetricsJob } from '#lib/domain/datasets/metrics'
import { formatDuration } from '#lib/domain/format'
import { labelJob } from '#lib/domain/jobs/describe-job'
import type { DatasetJobDetails, JobFact } from '#lib/domain/jobs/wire'
import { isUnderWay } from '#lib/domain/progress/wire'
import { JobFailure } from './job-failure'
import { JobPartitions } from './job-partitions'
import { ranMs, sayOrigin, statusOf, unitOf } from './job-words'
import { JobDataset } from './jobs-table'

interface JobPanelProps {
  projectKey: string
  jobId: string
  onClose: () => void
}

/** One job: what it was asked, how it goes, what it gave, its log. */
export function JobPanel({ projectKey, jobId, onClose }: JobPanelProps) {
  const query = useQuery(datasetJobQuery(projectKey, jobId))
  const job = query.data
  const isGone = query.error instanceof ApiError && query.error.status === 404
  return (
    <Panel
      title={job ? labelJob(job.kind) : 'Job'}
      closeLabel="Close the job"
      onClose={onClose}
      footer={job && <WhereItStarts projectKey={projectKey} job={job} />}
    >
      {isGone && !job ? (
        <p className="muted" role="status">
          This job is not here. It may be of another project, or somebody else started it.
        </p>
      ) : (
        <ProblemNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.isPending && <Skeleton label="Loading the job" rows={4} />}
      {job && <Details projectKey={projectKey} job={job} />}
    </Panel>
  )
}

const TABS: Record<string, [tab: DatasetTab, label: string]> = {
  [listPartitionsJob.kind]: ['partitions', 'Open Partitions'],
  [computeMetricsJob.kind]: ['metrics', 'Open Metrics'],
}

function WhereItStarts({ projectKey, job }: { projectKey: string; job: DatasetJobDetails }) {
  if (!job.isThere) return null
  const [tab, label] = TABS[job.kind] ?? ['settings', 'Open Settings']
  return <ButtonLink href={datasetAddress(projectKey, job.dataset, tab)}>{label}</ButtonLink>
}

function Details({ projectKey, job }: { projectKey: string; job: DatasetJobDetails }) {
  return (
    <>
      <Standing job={job} />
      {job.error && <JobFailure error={job.error} />}
      {job.warnings.length > 0 && (
        <Banner tone="warn" title="Worth a look">
          {job.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Banner>
      )}
      <Facts title="Outcome" facts={job.outcome} />
      {job.kind === listPartitionsJob.kind && <JobPartitions jobId={job.id} />}
      <Facts title="Asked for" facts={job.parameters} />
      <section aria-label="How it went" className="stack">
        <h3>How it went</h3>
        <KeyValue
          entries={[
            { key: 'Dataset', value: <JobDataset projectKey={projectKey} job={job} /> },
            { key: 'Started by', value: `${sayActor(job.startedBy)}, ${sayOrigin(job)}` },
            { key: 'Asked for', value: <Time at={job.createdAt} as="exact" /> },
            { key: 'Began', value: job.startedAt && <Time at={job.startedAt} as="exact" /> },
            { key: 'Ended', value: job.finishedAt && <Time at={job.finishedAt} as="exact" /> },
            { key: 'Took', value: <Took job={job} /> },
            { key: 'Attempts', value: job.attempts > 1 ? `${job.attempts}, the worker was lost` : null },
            { key: 'Request', value: job.requestId, mono: true },
          ]}
        />
      </section>
      <section aria-label="Log" className="stack log">
        <h3>Log</h3>
        <Code label="Log of the job" value={job.log} />
      </section>
    </>
  )
}

/** How far it is with Cancel, or how it ended. */
function Standing({ job }: { job: DatasetJobDetails }) {
  const cancel = useCancelJob()
  const [kind, word] = statusOf(job)
  const unit = unitOf(job.kind)
  const cancelling = cancel.isPending || job.cancelRequested
  const stop = job.canCancel ? () => cancel.mutate(job.id) : undefined
  return (
    <div className="stack">
      <div className="row wrap">
        <span role="status">
          <Status kind={kind}>{word}</Status>
        </span>
        {job.message && job.message !== word && <span className="small muted">{job.message}</span>}
      </div>
      {isUnderWay(job.state) &&
        (unit === null ? (
          stop && (
            <Button small onClick={stop} disabledReason={cancelling ? 'It stops within a second.' : null}>
              {cancelling ? 'Stopping…' : 'Cancel'}
            </Button>
          )
        ) : (
          <Progress
            label={labelJob(job.kind)}
            done={job.done}
            total={job.total}
            unit={unit}
            onCancel={stop}
            cancelling={cancelling}
          />
        ))}
      <ProblemNotice error={cancel.error} />
    </div>
  )
}

function Facts({ title, facts }: { title: string; facts: readonly JobFact[] }) {
  if (facts.length === 0) return null
  return (
    <section aria-label={title} className="stack">
      <h3>{title}</h3>
      <KeyValue entries={facts.map(({ name, value }) => ({ key: name, value }))} />
    </section>
  )
}

function Took({ job }: { job: DatasetJobDetails }) {
  const took = ranMs(job, useNowMs() ?? Date.parse(job.createdAt))
  return <>{took === null ? 'not begun' : formatDuration(took)}</>
}
