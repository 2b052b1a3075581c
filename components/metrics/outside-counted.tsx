'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { useAddOutside } from '#components/explore/use-add-outside'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { type ColumnsOutside, stillOutside } from '#lib/domain/datasets/outside-schema'
import type { Dataset } from '#lib/domain/datasets/wire'

/** What the counted records hold in columns that the schema still lacks, and the way to add these. */
export function OutsideCounted({ dataset, outside }: { dataset: Dataset; outside: ColumnsOutside }) {
  const found = useAddOutside(dataset, stillOutside(dataset.definition.schema.columns, outside))
  if (found === null) return null
  return (
    <>
      <Banner tone="warn" title={found.said} actions={<Button small {...found.button} />}>
        Records are counted with them; Explore and streams leave them out.
      </Banner>
      {found.error && <ProblemNotice error={found.error} />}
    </>
  )
}
