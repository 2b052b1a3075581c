'use client'

import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { showSuccess } from '#components/ui/toast'
import { useSaveDataset } from '#lib/client/datasets'
import { detectionQuery } from '#lib/client/files'
import { newDefinition } from '#lib/domain/datasets/definition'
import { otherTexts, takeOut } from '#lib/domain/datasets/suggest-for-unreadable'
import type { Dataset } from '#lib/domain/datasets/wire'

interface TakeOutProps {
  dataset: Dataset
  /** Below the dataset's path. */
  path: string
}

/** The ways to take one file out of those of a dataset, a button each. */
export default function TakeOut({ dataset, path }: TakeOutProps) {
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
