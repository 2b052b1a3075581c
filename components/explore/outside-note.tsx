'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { showSuccess } from '#components/ui/toast'
import { useSaveDataset } from '#lib/client/datasets'
import { sayOutside } from '#lib/domain/datasets/outside-schema'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import { nameFreely } from '#lib/domain/datasets/schema-diff'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'

/** Values of this sample in columns that the schema does not hold, which are not shown, and the way to show them. */
export function OutsideNote({ dataset, sample }: { dataset: Dataset; sample: Sample }) {
  const { projectKey, name, version, definition, can } = dataset
  const save = useSaveDataset(projectKey, name)
  const said = sayOutside(sample.outside)
  if (said === null) return null
  const { columns } = definition.schema
  const added = nameFreely(columns, sample.outside.columns)
  const add = () => {
    const schema = { ...definition.schema, columns: [...columns, ...added], userModified: true }
    save.mutate(
      { version, definition: { ...definition, schema } },
      { onSuccess: () => showSuccess(`${formatQuantity(added.length, 'column')} added to ${name}.`) },
    )
  }
  return (
    <>
      <div className="toolbar" role="status">
        <Icon name="columns" />
        <span className="wrap-anywhere whitespace-normal">{said}</span>
        <Button
          small
          busy={save.isPending}
          disabledReason={can.edit ? null : 'You need to be able to write in this project.'}
          onClick={add}
        >
          {added.length === 1 ? 'Add it' : 'Add them'}
        </Button>
      </div>
      {save.error && (
        <div className="px-4 py-3">
          <ProblemNotice error={save.error} />
        </div>
      )}
    </>
  )
}
