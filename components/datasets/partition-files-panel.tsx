'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { writeChoice } from '#components/explore/sample-choice'
import { Button, ButtonLink } from '#components/ui/button'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Panel } from '#components/ui/panel'
import { Skeleton } from '#components/ui/skeleton'
import { Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { partitionFilesQuery } from '#lib/client/datasets'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatBytes, formatQuantity } from '#lib/domain/format'
import { formatIdAsSpecification } from '#lib/domain/partitioning/range/range-format'
import { datasetAddress } from './dataset-address'

interface PartitionFilesPanelProps {
  dataset: Dataset
  /** An id: `"design|2026-11-22"`. */
  partition: string
  onClose: () => void
}

/** The files of one partition, as they are in the bucket now. */
export function PartitionFilesPanel({ dataset, partition, onClose }: PartitionFilesPanelProps) {
  const { projectKey, name, definition } = dataset
  const query = useInfiniteQuery(partitionFilesQuery(projectKey, name, partition))
  const files = query.data?.pages.flatMap((page) => page.files) ?? []
  const range = formatIdAsSpecification(partition, definition.partitioning.dimensions)
  return (
    <Panel
      title={<span className="mono">{partition}</span>}
      width={432}
      closeLabel="Close the files"
      onClose={onClose}
      footer={
        files.length > 0 && (
          <ButtonLink
            href={
              datasetAddress(projectKey, name, 'explore') +
              writeChoice({ records: 10_000, partitions: dataset.partitioned ? range : null })
            }
          >
            Explore this
          </ButtonLink>
        )
      }
    >
      <ProblemNotice error={query.error} onRetry={() => query.refetch()} />
      {query.isPending && !query.error && <Skeleton label="Loading files" rows={4} />}
      {query.data && files.length === 0 && !query.hasNextPage && (
        <p className="muted" role="status">
          No file is in this partition. Nothing was delivered for it, or its files were removed since the
          listing.
        </p>
      )}
      {files.length > 0 && (
        <Table
          label="Files"
          cards={false}
          rows={files}
          rowKey={(file) => file.path}
          columns={[
            {
              id: 'path',
              header: 'File',
              look: 'clip',
              cell: (file) => <MiddleTruncate text={file.path} what="path" />,
            },
            {
              id: 'size',
              header: 'Size',
              look: 'num',
              width: 84,
              cell: (file) => formatBytes(file.sizeBytes),
            },
            {
              id: 'changed',
              header: 'Last change',
              look: 'when',
              width: 96,
              cell: (file) => <Time at={file.modifiedAt} />,
            },
          ]}
        />
      )}
      {query.data && (
        <div className="row wrap">
          {query.hasNextPage && (
            <Button small busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
              Show more
            </Button>
          )}
          <span className="small muted" role="status">
            {formatQuantity(files.length, 'file')}
            {query.hasNextPage && ' so far'}
          </span>
        </div>
      )}
    </Panel>
  )
}
