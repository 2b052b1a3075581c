'use client'

import { showSuccess } from '#components/ui/toast'
import { useSaveDataset } from '#lib/client/datasets'
import { type ColumnsOutside, sayOutside } from '#lib/domain/datasets/outside-schema'
import { nameFreely } from '#lib/domain/datasets/schema-diff'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatCount, formatQuantity } from '#lib/domain/format'

/** What stands outside of the schema of a dataset, in a sentence, and what adds those columns to it; null where nothing does. */
export function useAddOutside(dataset: Dataset, outside: ColumnsOutside) {
  const { projectKey, name, version, definition, can } = dataset
  const save = useSaveDataset(projectKey, name)
  const said = sayOutside(outside)
  if (said === null) return null
  const { columns } = definition.schema
  const added = nameFreely(columns, outside.columns)
  return {
    said,
    error: save.error,
    /** Of the button that adds them. */
    button: {
      busy: save.isPending,
      disabledReason: can.edit ? null : 'You need to be able to write in this project.',
      children: sayAdd(added.length, outside.more > 0),
      onClick: () => {
        const schema = { ...definition.schema, columns: [...columns, ...added], userModified: true }
        save.mutate(
          { version, definition: { ...definition, schema } },
          { onSuccess: () => showSuccess(`${formatQuantity(added.length, 'column')} added to ${name}.`) },
        )
      },
    },
  }
}

function sayAdd(count: number, areMore: boolean): string {
  if (areMore) return `Add the first ${formatCount(count)}`
  return count === 1 ? 'Add it' : 'Add them'
}
