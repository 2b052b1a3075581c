'use client'

import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { showSuccess } from '#components/ui/toast'
import { ApiError } from '#lib/client/api'
import { useSaveDataset } from '#lib/client/datasets'
import { detectionQuery } from '#lib/client/files'
import { newDefinition } from '#lib/domain/datasets/definition'
import { otherTexts, takeOut } from '#lib/domain/datasets/suggest-for-unreadable'
import type { Dataset } from '#lib/domain/datasets/wire'

interface LeaveFileOutProps {
  dataset: Dataset
  /** Why the records could not be read. */
  error: unknown
}

/** Where one file keeps a dataset from being read: what takes it out of the files, for those who may edit the dataset. */
export function LeaveFileOut({ dataset, error }: LeaveFileOutProps) {
  const path = fileOf(error, dataset)
  return path !== null && dataset.can.edit ? <Ways dataset={dataset} path={path} /> : null
}

function Ways({ dataset, path }: { dataset: Dataset; path: string }) {
  const { projectKey, name, version, definition } = dataset
  const { params } = definition
  const save = useSaveDataset(projectKey, name)
  // What the other files look like says which kind is to be kept; without it there is the file itself.
  const { data, isLoading } = useQuery({
    ...detectionQuery({ definition: { ...newDefinition(), params } }),
    retry: false,
  })
  // Buttons that change under one's hand do what nobody meant.
  if (isLoading) return null
  const ways = takeOut(path, otherTexts(data?.files ?? [], path), params.filesSelectionRules)
  return (
    <>
      {ways.map(({ label, rules }) => (
        <Button
          key={label}
          small
          busy={save.isPending}
          onClick={() =>
            save.mutate(
              { version, definition: { ...definition, params: { ...params, filesSelectionRules: rules } } },
              { onSuccess: () => showSuccess(`The selection rules of ${name} were changed.`) },
            )
          }
        >
          {label}
        </Button>
      ))}
      <ProblemNotice error={save.error} />
    </>
  )
}

/** The file that a failure is of, below the dataset's path; null where it is of something else. */
function fileOf(error: unknown, { definition }: Dataset): string | null {
  if (!(error instanceof ApiError) || error.problem.code !== 'validation_failed') return null
  const { where = '' } = error.problem.details
  const root = definition.params.path.replace(/\/?$/, '/')
  return where.startsWith(root) && where.length > root.length ? where.slice(root.length - 1) : null
}
