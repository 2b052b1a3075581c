'use client'

import { lazy, Suspense, useState } from 'react'
import { DaysAreUtc } from '#components/partitions/days-are-utc'
import { NotLookedInto } from '#components/partitions/not-looked-into'
import { Button } from '#components/ui/button'
import { Ledger } from '#components/ui/ledger'
import { Time } from '#components/ui/time'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { formatBytes, formatQuantity } from '#lib/domain/format'
import { findTimeDimension } from '#lib/domain/partitioning/dimensions'
import { ListingState, NothingThere } from './listing-state'
import { PartitionFiles } from './partition-files'
import { type PartitionsListing, usePartitionsListing } from './use-partitions-listing'
import type { WizardSource } from './use-wizard-source'

/** With the first partition: the calendar is a large part of the wizard's script. */
const PartitionsDrawn = lazy(() =>
  import('./partitions-drawn').then((module) => ({ default: module.PartitionsDrawn })),
)

interface PartitionsFoundProps {
  state: WizardState
  source: WizardSource
}

/** List partitions: what it finds as it goes on, by value and period, and where every file went. */
export function PartitionsFound({ state, source }: PartitionsFoundProps) {
  const { definition } = state
  const { dimensions } = definition.partitioning
  const partitions = usePartitionsListing(state, source)
  const { found, isCurrent, listing, list } = partitions
  const [open, setOpen] = useState<string | null>(null)
  const lead = <Lead partitions={partitions} />
  const leadAlone = <div className="row wrap">{lead}</div>
  return (
    <section className="stack gap-2.5" aria-label="Partitions">
      {found.length > 0 ? (
        <Suspense fallback={leadAlone}>
          <PartitionsDrawn
            partitions={found}
            dimensions={dimensions}
            lead={lead}
            stale={!isCurrent}
            onOpen={setOpen}
          />
        </Suspense>
      ) : (
        leadAlone
      )}
      <OfOlderSettings partitions={partitions} />
      <ListingState listing={listing} label="Listing partitions" onList={list} />
      <WhereFilesWent partitions={partitions} />
      {findTimeDimension(dimensions) && <DaysAreUtc />}
      {open !== null && (
        <PartitionFiles
          id={open}
          definition={definition}
          onClose={() => setOpen(null)}
          onChoose={source.chooseFile}
        />
      )}
    </section>
  )
}

interface PartProps {
  partitions: PartitionsListing
}

/** The button, and what it found. */
function Lead({ partitions }: PartProps) {
  const { listing, found, report, isPart, list, cannot } = partitions
  const sizeBytes = found.reduce((sum, one) => sum + one.sizeBytes, 0)
  return (
    <>
      <Button
        icon="refresh"
        busy={listing.busy || listing.looking}
        disabledReason={cannot}
        onClick={() => list()}
      >
        List partitions
      </Button>
      {found.length > 0 && (
        <span className="small">
          <b className="font-medium">{formatQuantity(found.length, 'partition')}</b>{' '}
          <span className="muted">
            · {formatBytes(sizeBytes)}
            {report && (
              <>
                {' '}
                · listed <Time at={report.listedAt} as="clock" />
              </>
            )}
            {isPart && ' · so far'}
          </span>
        </span>
      )}
    </>
  )
}

function OfOlderSettings({ partitions: { found, isCurrent, listing, report } }: PartProps) {
  if (isCurrent || found.length === 0 || listing.busy) return null
  return (
    <p className="small muted">
      {report ? (
        <>
          The last listing is of <Time at={report.listedAt} as="clock" />, with the settings before this
          change.
        </>
      ) : (
        'The listing is of the settings before this change.'
      )}
    </p>
  )
}

/** Every file that was listed is in one of these, or in a folder that was passed by. */
function WhereFilesWent({ partitions: { report, isCurrent, list, cannot } }: PartProps) {
  if (!report) return null
  const { listed, matched, unmatched, excluded, passed } = report.ledger
  return (
    <>
      {report.emptyBecause !== null ? (
        <NothingThere because={report.emptyBecause} onCheck={() => list()} />
      ) : (
        <Ledger
          label={report.complete ? 'Listed' : 'Listed so far'}
          total={listed}
          terms={[
            { count: matched, label: 'matched' },
            { count: unmatched, label: 'unmatched' },
            { count: excluded.rule, label: 'excluded by rule' },
            {
              count: excluded.folderMarker,
              label: excluded.folderMarker === 1 ? 'folder marker' : 'folder markers',
            },
            { count: excluded.archived, label: 'archived' },
          ]}
        />
      )}
      <NotLookedInto
        passed={passed}
        onLook={isCurrent && cannot === null ? () => list(undefined, 'everything') : null}
      />
    </>
  )
}
