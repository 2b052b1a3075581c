'use client'

import { useMemo, useState } from 'react'
import { DaysAreUtc } from '#components/partitions/days-are-utc'
import { NotLookedInto } from '#components/partitions/not-looked-into'
import { PartitionCalendar } from '#components/partitions/partition-calendar'
import { Button } from '#components/ui/button'
import { Ledger } from '#components/ui/ledger'
import { type Column, Table } from '#components/ui/table'
import { Time, useNowMs } from '#components/ui/time'
import type { ListingScope } from '#lib/domain/datasets/files-wire'
import type { ScanBudget } from '#lib/domain/datasets/say-scan'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { problemsOf } from '#lib/domain/datasets/wizard-problems'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import { findTimeDimension } from '#lib/domain/partitioning/dimensions'
import type { PartitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'
import { ListingState, NothingThere } from './listing-state'
import { PartitionFiles } from './partition-files'
import { idOfCell, toCalendarValues } from './partition-values'
import type { WizardSource } from './use-wizard-source'

interface PartitionsFoundProps {
  state: WizardState
  source: WizardSource
}

/** List partitions: what it finds as it goes on, by value and period, and where every file went. */
export function PartitionsFound({ state, source }: PartitionsFoundProps) {
  const { definition } = state
  const { partitions, partitionsAreCurrent: current, found } = source
  const { report, busy } = partitions
  const [open, setOpen] = useState<string | null>(null)
  const cannot = problemsOf(state).find(
    ({ tab, severity }) => severity === 'error' && (tab === 'partitioning' || tab === 'files'),
  )
  const list = (budget?: ScanBudget, scope?: ListingScope) => {
    source.settle(definition)
    // What it takes is told first, unless a budget says how far one wants to go.
    if (budget === undefined) partitions.ask(definition, scope)
    else partitions.start(definition, budget)
  }
  const sizeBytes = found.reduce((sum, one) => sum + one.sizeBytes, 0)
  const shown = report && !busy ? report : null
  const lead = (
    <>
      <Button
        icon="refresh"
        busy={busy || partitions.looking}
        disabledReason={cannot && `${cannot.field}: ${cannot.message}`}
        onClick={() => list()}
      >
        List partitions
      </Button>
      {found.length > 0 && (
        <span className="small">
          <b className="font-medium">{formatQuantity(found.length, 'partition')}</b>{' '}
          <span className="muted">
            · {formatBytes(sizeBytes)}
            {shown && (
              <>
                {' '}
                · listed <Time at={shown.listedAt} as="clock" />
              </>
            )}
            {(busy || partitions.stopped || shown?.complete === false) && ' · so far'}
          </span>
        </span>
      )}
    </>
  )
  return (
    <section className="stack gap-2.5" aria-label="Partitions">
      {found.length > 0 ? (
        <Drawn partitions={found} state={state} lead={lead} stale={!current} onOpen={setOpen} />
      ) : (
        <div className="row wrap">{lead}</div>
      )}
      {!current && found.length > 0 && !busy && (
        <p className="small muted">
          {shown ? (
            <>
              The last listing is of <Time at={shown.listedAt} as="clock" />, with the settings before this
              change.
            </>
          ) : (
            'The listing is of the settings before this change.'
          )}
        </p>
      )}
      <ListingState listing={partitions} label="Listing partitions" onList={list} />
      {shown && shown.emptyBecause !== null && (
        <NothingThere because={shown.emptyBecause} onCheck={() => list()} />
      )}
      {shown && shown.emptyBecause === null && (
        <Ledger
          label={shown.complete ? 'Listed' : 'Listed so far'}
          total={shown.ledger.listed}
          terms={[
            { count: shown.ledger.matched, label: 'matched' },
            { count: shown.ledger.unmatched, label: 'unmatched' },
            { count: shown.ledger.excluded.rule, label: 'excluded by rule' },
            {
              count: shown.ledger.excluded.folderMarker,
              label: shown.ledger.excluded.folderMarker === 1 ? 'folder marker' : 'folder markers',
            },
            { count: shown.ledger.excluded.archived, label: 'archived' },
          ]}
        />
      )}
      {shown && (
        <NotLookedInto
          passed={shown.ledger.passed}
          onLook={current && !cannot ? () => list(undefined, 'everything') : null}
        />
      )}
      {findTimeDimension(definition.partitioning.dimensions) && <DaysAreUtc />}
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

interface DrawnProps {
  partitions: readonly PartitionTotalsWire[]
  state: WizardState
  lead: React.ReactNode
  stale: boolean
  onOpen: (id: string) => void
}

function Drawn({ partitions, state, lead, stale, onOpen }: DrawnProps) {
  // What is shown was listed with these dimensions; while they change it stands as it was.
  const { dimensions } = state.definition.partitioning
  const [listedBy, setListedBy] = useState(dimensions)
  if (!stale && listedBy !== dimensions) setListedBy(dimensions)
  const nowMs = useNowMs()
  const minute = Math.floor((nowMs ?? 0) / 60_000)
  const values = useMemo(
    () => toCalendarValues(partitions, listedBy, minute * 60_000),
    [partitions, listedBy, minute],
  )
  const time = findTimeDimension(listedBy)
  if (!values || !time) {
    return (
      <div className={stale ? 'stack stale' : 'stack'}>
        <div className="row wrap">{lead}</div>
        <PlainTable partitions={partitions} onOpen={onOpen} />
      </div>
    )
  }
  const valueLabel = listedBy
    .filter(({ type }) => type === 'value')
    .map(({ name }) => name)
    .join('|')
  return (
    <PartitionCalendar
      values={values}
      period={time.params.period}
      valueLabel={valueLabel}
      lead={lead}
      stale={stale}
      onOpen={(value, period) => onOpen(idOfCell(listedBy, value, period))}
    />
  )
}

const MOST_ROWS = 200

function PlainTable({ partitions, onOpen }: Pick<DrawnProps, 'partitions' | 'onOpen'>) {
  const columns: Column<PartitionTotalsWire>[] = [
    {
      id: 'id',
      header: 'Partition',
      card: 'head',
      look: 'clip',
      cell: ({ id }) => (
        <button type="button" className="link mono" onClick={() => onOpen(id)}>
          {id}
        </button>
      ),
    },
    { id: 'files', header: 'Files', look: 'num', cell: ({ files }) => formatCount(files) },
    { id: 'size', header: 'Size', look: 'num', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    {
      id: 'changed',
      header: 'Last change',
      look: 'when',
      cell: ({ lastChangedAt }) => <Time at={new Date(lastChangedAt)} />,
    },
  ]
  return (
    <>
      <div className="card">
        <Table
          label="Partitions"
          columns={columns}
          rows={[...partitions].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, MOST_ROWS)}
          rowKey={({ id }) => id}
        />
      </div>
      {partitions.length > MOST_ROWS && (
        <p className="small muted">
          The {MOST_ROWS} largest of {formatCount(partitions.length)}
        </p>
      )}
    </>
  )
}
