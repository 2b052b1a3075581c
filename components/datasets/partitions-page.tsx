'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { JobState } from '#components/jobs/job-state'
import { useFollowedJob } from '#components/jobs/use-followed-job'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { CostFirst } from '#components/wizard/listing-cost'
import { datasetQuery, datasetsQuery, partitionsQuery, useListDatasetPartitions } from '#lib/client/datasets'
import type { ListingScope } from '#lib/domain/datasets/files-wire'
import type { DatasetPartitions } from '#lib/domain/datasets/partitions-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { DatasetFrame } from './dataset-frame'
import { DatasetJobTab } from './dataset-job-tab'
import { PartitionsView } from './partitions-view'
import { useCostFirst } from './use-cost-first'

/** Partitions: what the last listing found, by value and period. */
export function PartitionsPage({ projectKey, name }: { projectKey: string; name: string }) {
  return (
    <DatasetFrame projectKey={projectKey} name={name} tab="partitions" readsData>
      {(dataset, ended) => <Partitions dataset={dataset} ended={ended} />}
    </DatasetFrame>
  )
}

function Partitions({ dataset, ended }: { dataset: Dataset; ended: string | null }) {
  const { projectKey, name } = dataset
  const query = useQuery({ ...partitionsQuery(projectKey, name), enabled: ended === null })
  const listing = useFollowedJob<ListingScope>({
    starter: useListDatasetPartitions(projectKey, name),
    underWayId: query.data?.jobId ?? null,
    changes: [
      { queryKey: partitionsQuery(projectKey, name).queryKey, exact: true },
      { queryKey: datasetQuery(projectKey, name).queryKey, exact: true },
      { queryKey: datasetsQuery(projectKey).queryKey, exact: true },
    ],
  })
  const { ask, looking, cost, refusal, retry, goOn, dismiss } = useCostFirst(dataset, listing.start)
  const asked = { ...listing, start: () => ask('matching') }
  return (
    <DatasetJobTab
      dataset={dataset}
      tab="partitions"
      query={query}
      followed={{ ...asked, underWay: listing.underWay || looking }}
      action={({ report }) => (report && report.emptyBecause === null ? 'Refresh' : null)}
      ended={ended}
    >
      {(partitions) => (
        <Listed
          dataset={dataset}
          partitions={partitions}
          underWay={listing.underWay || cost !== null}
          looking={looking}
          onList={ended === null ? ask : null}
          state={
            ended === null &&
            (refusal !== null ? (
              <ProblemNotice error={refusal} onRetry={retry} />
            ) : cost === null ? (
              <JobState
                projectKey={projectKey}
                followed={asked}
                label="Listing partitions"
                unit="object"
                again="List again"
                {...(partitions.report ? { stays: 'What stands here is the listing before.' } : {})}
              />
            ) : (
              <CostFirst cost={cost} budget={null} onGoOn={goOn} onCancel={dismiss} />
            ))
          }
        />
      )}
    </DatasetJobTab>
  )
}

interface ListedProps {
  dataset: Dataset
  partitions: DatasetPartitions
  /** How a new listing goes. */
  state: ReactNode
  underWay: boolean
  /** It is being looked what a listing takes. */
  looking: boolean
  /** Null when the right to list has ended. */
  onList: ((scope: ListingScope) => void) | null
}

function Listed({ dataset, partitions, state, underWay, looking, onList }: ListedProps) {
  const { report, stale } = partitions
  if (report && report.emptyBecause === null)
    return (
      <PartitionsView
        dataset={dataset}
        report={report}
        stale={stale}
        state={state}
        onLook={underWay || !onList ? null : () => onList('everything')}
      />
    )
  return (
    <div className="p-6 stack">
      {state}
      {!underWay && (
        <EmptyState
          icon="calendar"
          title={report ? 'Nothing there' : 'Not listed yet'}
          actions={
            onList && (
              <Button icon="refresh" busy={looking} onClick={() => onList('matching')}>
                {report ? 'Check now' : 'List partitions'}
              </Button>
            )
          }
        >
          {report?.emptyBecause ??
            'A listing goes once through the folders in which files can match, and says which partitions they make and which files fit none.'}
        </EmptyState>
      )}
    </div>
  )
}
