'use client'

import { type ReactNode, useMemo, useState } from 'react'
import { WorkContent } from '#components/layout/page'
import { DaysAreUtc } from '#components/partitions/days-are-utc'
import { type CalendarRange, PartitionCalendar } from '#components/partitions/partition-calendar'
import { Banner } from '#components/ui/banner'
import { useNowMs } from '#components/ui/time'
import { joinId, measureCoverage } from '#lib/domain/datasets/coverage'
import type { PartitionsReport } from '#lib/domain/datasets/partitions-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'
import { PERIOD_LABELS } from '#lib/domain/partitioning/periods'
import { formatIdAsSpecification } from '#lib/domain/partitioning/range/range-format'
import { MissingPartitions } from './missing-partitions'
import { PartitionFigures } from './partition-figures'
import { PartitionFilesPanel } from './partition-files-panel'
import { PartitionLedger } from './partition-ledger'
import { PartitionTable } from './partition-table'
import { RangePanel } from './range-panel'

interface PartitionsViewProps {
  dataset: Dataset
  report: PartitionsReport
  /** The settings have changed since. */
  stale: boolean
  /** How a new listing goes. */
  state: ReactNode
  /** Lists everything, those folders too that nothing can match in; null where nothing can be listed now. */
  onLook: (() => void) | null
}

type Chosen = { kind: 'range'; range: string } | { kind: 'files'; partition: string } | null

const MINUTE_MS = 60_000

/** A listing: its figures, calendar and ledger, and what is chosen of it. */
export function PartitionsView({ dataset, report, stale, state, onLook }: PartitionsViewProps) {
  const { dimensions } = dataset.definition.partitioning
  const [chosen, setChosen] = useState<Chosen>(null)
  const [cells, setCells] = useState<CalendarRange | null>(null)
  const minuteMs = Math.floor((useNowMs() ?? Date.parse(report.listedAt)) / MINUTE_MS) * MINUTE_MS
  const coverage = useMemo(
    () => measureCoverage(report.ledger.partitions, dimensions, minuteMs),
    [report, dimensions, minuteMs],
  )
  const at = dimensions.findIndex((dimension) => dimension.type === 'time')
  const close = () => {
    setChosen(null)
    setCells(null)
  }
  const open = (partition: string) => setChosen({ kind: 'files', partition })
  const select = (range: CalendarRange | null) => {
    setCells(range)
    setChosen(range && { kind: 'range', range: toSpecification(range, dimensions, at) })
  }
  const names = dimensions.filter((dimension) => dimension.type === 'value').map(({ name }) => name)
  return (
    <div className="split">
      <WorkContent label="All partitions">
        {state}
        {stale && (
          <Banner tone="warn" title="The settings have changed since this listing">
            Refresh lists the files by the settings as they are now.
          </Banner>
        )}
        <PartitionFigures report={report} dimensions={dimensions} coverage={coverage} />
        {coverage ? (
          <PartitionCalendar
            lead={<h2>{sayExtent(coverage.periods, PERIOD_LABELS[coverage.period])}</h2>}
            values={coverage.values}
            period={coverage.period}
            valueLabel={names.join('|')}
            range={cells}
            onRangeChange={select}
            onOpen={(value, period) => open(joinId(value, period, at))}
            listedAt={report.listedAt}
            stale={stale}
          />
        ) : (
          <PartitionTable report={report} onOpen={open} stale={stale} />
        )}
        {coverage && (
          <div>
            <p className="small muted">Shift and arrows choose a range, Enter shows the files.</p>
            {coverage.period === 'DAY' && <DaysAreUtc />}
          </div>
        )}
        <PartitionLedger ledger={report.ledger} complete={report.complete} onLook={onLook} />
        {coverage && <MissingPartitions ids={coverage.missing} />}
      </WorkContent>
      {chosen?.kind === 'range' && (
        <RangePanel
          dataset={dataset}
          report={report}
          range={chosen.range}
          onRangeChange={(range) => setChosen({ kind: 'range', range })}
          onOpen={open}
          onClose={close}
        />
      )}
      {chosen?.kind === 'files' && (
        <PartitionFilesPanel
          key={chosen.partition}
          dataset={dataset}
          partition={chosen.partition}
          onClose={close}
        />
      )}
    </div>
  )
}

const sayExtent = (periods: number, label: string) => `Last ${formatQuantity(periods, label.toLowerCase())}`

/** Some periods of one value as a range specification: `"design|2026-11-16/2026-11-20"`. */
function toSpecification(
  { value, from, to }: CalendarRange,
  dimensions: Dataset['definition']['partitioning']['dimensions'],
  at: number,
): string {
  const parts = formatIdAsSpecification(joinId(value, from, at), dimensions).split('|')
  if (from !== to) parts[at] = `${from}/${to}`
  return parts.join('|')
}
