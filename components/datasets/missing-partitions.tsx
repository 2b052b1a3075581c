'use client'

import { useState } from 'react'
import { Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { useShowMore } from '#components/ui/show-more'
import { Status } from '#components/ui/status'
import { Table } from '#components/ui/table'
import { formatCount } from '#lib/domain/format'

const SHOWN = 8

/** Partitions that one would expect and that have no file, the newest first. */
export function MissingPartitions({ ids }: { ids: readonly string[] }) {
  const [isOpen, setOpen] = useState(false)
  const { shown: opened, more } = useShowMore(ids)
  if (ids.length === 0) return null
  const shown = isOpen ? opened : ids.slice(0, SHOWN)
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
          {isOpen ? (
            more
          ) : (
            <Button small onClick={() => setOpen(true)}>
              {opened.length < ids.length ? 'Show more of' : 'Show all'} {formatCount(ids.length)}
            </Button>
          )}
        </div>
      )}
    </Section>
  )
}
