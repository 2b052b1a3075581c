'use client'

import { useState } from 'react'
import { NotLookedInto } from '#components/partitions/not-looked-into'
import { Ledger } from '#components/ui/ledger'
import { LinkButton } from '#components/ui/link-button'
import { Unmatched } from '#components/wizard/unmatched'
import type { PartitionsReport } from '#lib/domain/datasets/partitions-wire'
import { formatQuantity } from '#lib/domain/format'

interface PartitionLedgerProps {
  ledger: PartitionsReport['ledger']
  complete: boolean
  /** Lists everything, those folders too that nothing can match in; null where nothing can be listed now. */
  onLook: (() => void) | null
}

/** Where every listed file went; those that fit no partition by their reasons. */
export function PartitionLedger({ ledger, complete, onLook }: PartitionLedgerProps) {
  const [open, setOpen] = useState(false)
  return (
    <section className="stack gap-3" aria-label="Where every file went">
      <div className="row wrap">
        <Ledger
          label={complete ? 'Listed' : 'Listed so far'}
          total={ledger.listed}
          terms={[
            { count: ledger.matched, label: 'matched' },
            { count: ledger.unmatched, label: 'unmatched' },
            { count: ledger.excluded.rule, label: 'excluded by rule' },
            {
              count: ledger.excluded.folderMarker,
              label: ledger.excluded.folderMarker === 1 ? 'folder marker' : 'folder markers',
            },
            { count: ledger.excluded.archived, label: 'archived' },
          ]}
        />
        {ledger.unmatched > 0 && (
          <LinkButton aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'} {formatQuantity(ledger.unmatched, 'unmatched file')}
          </LinkButton>
        )}
      </div>
      <NotLookedInto passed={ledger.passed} onLook={onLook} />
      {open && <Unmatched groups={ledger.unmatchedGroups} reading={null} what="file" />}
    </section>
  )
}
