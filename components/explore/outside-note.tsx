'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { useAddOutside } from './use-add-outside'

/** Values of this sample in columns that the schema does not hold, which are not shown, and the way to show them. */
export function OutsideNote({ dataset, sample }: { dataset: Dataset; sample: Sample }) {
  const outside = useAddOutside(dataset, sample.outside)
  if (outside === null) return null
  return (
    <>
      <div className="toolbar" role="status">
        <Icon name="columns" />
        <span className="wrap-anywhere whitespace-normal">{outside.said}</span>
        <Button small {...outside.button} />
      </div>
      {outside.error && (
        <div className="px-4 py-3">
          <ProblemNotice error={outside.error} />
        </div>
      )}
    </>
  )
}
