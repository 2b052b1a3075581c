'use client'

import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Skeleton } from '#components/ui/skeleton'
import { partitionsQuery } from '#lib/client/datasets'
import type { DatasetPartitions } from '#lib/domain/datasets/partitions-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { DatasetFrame } from './dataset-frame'
import { DatasetHead } from './dataset-head'
import { ListingState } from './listing-state'
import { PartitionsView } from './partitions-view'
import { type DatasetListing, useDatasetListing } from './use-dataset-listing'

/** Partitions: what the last listing found, by value and period. */
export function PartitionsPage({ projectKey, name }: { projectKey: string; name: string }) {
  return (
    <DatasetFrame
      projectKey={projectKey}
      name={name}
      readsData
      loading={<Skeleton label={`Loading ${name}`} rows={6} />}
    >
      {(dataset, ended) => <Partitions dataset={dataset} ended={ended} />}
    </DatasetFrame>
  )
}

function Partitions({ dataset, ended }: { dataset: Dataset; ended: string | null }) {
  const query = useQuery({ ...partitionsQuery(dataset.projectKey, dataset.name), enabled: ended === null })
  const listing = useDatasetListing(dataset, query.data?.jobId ?? null)
  return (
    <>
      <DatasetHead
        dataset={dataset}
        tab="partitions"
        actions={
          query.data && (
            <Button icon="refresh" busy={listing.underWay} disabledReason={ended} onClick={listing.start}>
              {query.data.report ? 'Refresh' : 'List partitions'}
            </Button>
          )
        }
      />
      {query.data ? (
        <Listed dataset={dataset} partitions={query.data} listing={listing} ended={ended} />
      ) : (
        <div className="p-6 stack">
          <ProblemNotice error={query.error} onRetry={() => query.refetch()} />
          {!query.error && <Skeleton label="Loading partitions" rows={6} />}
        </div>
      )}
    </>
  )
}

interface ListedProps {
  dataset: Dataset
  partitions: DatasetPartitions
  listing: DatasetListing
  ended: string | null
}

function Listed({ dataset, partitions, listing, ended }: ListedProps) {
  const { report, stale } = partitions
  const state = ended === null && <ListingState listing={listing} hasReport={report !== null} />
  if (report && report.emptyBecause === null)
    return (
      <PartitionsView
        dataset={dataset}
        report={report}
        stale={stale}
        state={state}
        onRefresh={ended === null && !listing.underWay ? listing.start : null}
      />
    )
  return (
    <div className="p-6 stack">
      {state}
      {!listing.underWay && (
        <EmptyState
          icon="calendar"
          title={report ? 'Nothing there' : 'Not listed yet'}
          actions={
            ended === null && (
              <Button icon="refresh" onClick={listing.start}>
                {report ? 'Check now' : 'List partitions'}
              </Button>
            )
          }
        >
          {report?.emptyBecause ??
            'A listing goes through all files once and says which partitions they make, and which files fit none.'}
        </EmptyState>
      )}
    </div>
  )
}
