'use client'

import { useState } from 'react'
import { Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Status } from '#components/ui/status'
import { Table } from '#components/ui/table'
import { formatCount } from '#lib/domain/format'

const SHOWN = 8

/** Partitions that one would expect and that have no file, the newest first. */
export function MissingPartitions({ ids }: { ids: readonly string[] }) {
  const [all, setAll] = useState(false)
  if (ids.length === 0) return null
  const shown = all ? ids : ids.slice(0, SHOWN)
  return (
    <Section title="Needs a look">
      <Table
        label="Needs a look"
        rows={shown}
        rowKey={(id) => id}
        columns={[
          { id: 'partition', header: 'Partition', look: 'mono', card: 'head', cell: (id) => id },
          { id: 'what', header: 'What', cell: () => <Status kind="none">missing</Status> },
          {
            id: 'why',
            header: 'Why',
            cell: () => <span className="muted">no file between the first period and the current one</span>,
          },
        ]}
      />
      {shown.length < ids.length && (
        <div className="row pt-2">
          <Button small onClick={() => setAll(true)}>
            Show all {formatCount(ids.length)}
          </Button>
        </div>
      )}
    </Section>
  )
}
