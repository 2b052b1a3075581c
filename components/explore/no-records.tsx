'use client'

import type { ReactNode } from 'react'
import { datasetAddress } from '#components/datasets/dataset-address'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'

interface NoRecordsProps {
  dataset: Dataset
  sample: Sample
  /** Reads it again. */
  again: ReactNode
}

/** Why a sample holds nothing, and the way out: to the pattern, where that leaves every file out. */
export function NoRecords({ dataset, sample, again }: NoRecordsProps) {
  const { projectKey, name, partitioned, can } = dataset
  const { isUnmatched, emptyBecause } = sample
  const because = emptyBecause ?? 'The files that were read hold no records.'
  return (
    <EmptyState
      icon="search"
      title={isUnmatched ? 'No file matches the pattern' : 'No records'}
      actions={
        <>
          {isUnmatched && can.edit && (
            <ButtonLink
              variant="primary"
              href={`${datasetAddress(projectKey, name, 'settings')}?tab=partitioning`}
            >
              Edit partitioning
            </ButtonLink>
          )}
          {again}
          {partitioned && (
            <ButtonLink variant="ghost" href={datasetAddress(projectKey, name, 'partitions')}>
              Partitions
            </ButtonLink>
          )}
        </>
      }
    >
      {isUnmatched && !can.edit ? `${because} Whoever may write in this project can change it.` : because}
    </EmptyState>
  )
}
