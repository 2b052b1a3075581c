'use client'

import { lazy, Suspense } from 'react'
import { ApiError } from '#lib/client/api'
import type { Dataset } from '#lib/domain/datasets/wire'

// It knows all formats: too much for the pages of datasets that can be read.
const TakeOut = lazy(() => import('./take-out'))

interface LeaveFileOutProps {
  dataset: Dataset
  /** Why the records could not be read. */
  error: unknown
}

/** Where one file keeps a dataset from being read: what takes it out of the files, for those who may edit the dataset. */
export function LeaveFileOut({ dataset, error }: LeaveFileOutProps) {
  const path = fileOf(error, dataset)
  if (path === null || !dataset.can.edit) return null
  return (
    <Suspense>
      <TakeOut dataset={dataset} path={path} />
    </Suspense>
  )
}

/** The file that a failure is of, below the dataset's path; null where it is of something else. */
function fileOf(error: unknown, { definition }: Dataset): string | null {
  if (!(error instanceof ApiError) || error.problem.code !== 'validation_failed') return null
  const { where = '' } = error.problem.details
  const root = definition.params.path.replace(/\/?$/, '/')
  return where.startsWith(root) && where.length > root.length ? where.slice(root.length - 1) : null
}
