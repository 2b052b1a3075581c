'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { datasetAddress } from '#components/datasets/dataset-address'
import { DatasetFrame } from '#components/datasets/dataset-frame'
import { DatasetHead } from '#components/datasets/dataset-head'
import { GridSkeleton } from '#components/grid/grid-skeleton'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Progress } from '#components/ui/progress'
import { useNowMs } from '#components/ui/time'
import type { Dataset } from '#lib/domain/datasets/wire'
import { ExportMenu } from './export-menu'
import { LeaveFileOut } from './leave-file-out'
import { NoRecords } from './no-records'
import { ReadLess, tookTooLong } from './read-less'
import { readChoice, type SampleChoice, writeChoice } from './sample-choice'
import { SampleGrid } from './sample-grid'
import { sayRecords } from './sample-label'
import { SampleMenu } from './sample-menu'
import { SampleNotes } from './sample-notes'
import { type SampleReading, useSample } from './use-sample'

/** Explore: a labelled sample of a dataset's records. */
export function ExplorePage({ projectKey, name }: { projectKey: string; name: string }) {
  return (
    <DatasetFrame
      projectKey={projectKey}
      name={name}
      tab="explore"
      readsData
      loading={<GridSkeleton label={`Loading ${name}`} />}
    >
      {(dataset, ended) => <Explore dataset={dataset} ended={ended} />}
    </DatasetFrame>
  )
}

function Explore({ dataset, ended }: { dataset: Dataset; ended: string | null }) {
  const router = useRouter()
  const choice = readChoice(useSearchParams())
  const reading = useSample(dataset, choice, ended === null)
  const [exportError, setExportError] = useState<unknown>(null)
  const { sample } = reading
  const nothing = sample !== null && sample.rows.length === 0
  const choose = (next: SampleChoice) =>
    router.replace(datasetAddress(dataset.projectKey, dataset.name, 'explore') + writeChoice(next), {
      scroll: false,
    })
  const label = sample ? sayRecords(sample) : 'Sample'
  const menu = (
    <SampleMenu dataset={dataset} label={label} choice={choice} onChoose={choose} disabledReason={ended} />
  )
  const less = ended === null && (
    <ReadLess dataset={dataset} choice={choice} read={sample?.rows.length ?? 0} onChoose={choose} />
  )
  const failure = (
    <Notice
      error={ended ? null : reading.error}
      onRetry={reading.refresh}
      actions={tookTooLong(reading.error) ? less : <LeaveFileOut dataset={dataset} error={reading.error} />}
    />
  )
  return (
    <>
      <DatasetHead
        dataset={dataset}
        tab="explore"
        actions={
          <>
            <Refresh reading={reading} disabledReason={ended} />
            <ExportMenu
              dataset={dataset}
              choice={choice}
              disabledReason={ended ?? (sample && !nothing ? null : whyNothing(reading))}
              onError={setExportError}
            />
          </>
        }
      />
      <Notice error={exportError} onRetry={null} />
      {sample && !nothing ? (
        <SampleGrid
          dataset={dataset}
          sample={sample}
          lead={menu}
          notes={
            <>
              <ReadingState reading={reading} />
              <SampleNotes dataset={dataset} sample={sample} less={less} />
            </>
          }
          error={failure}
          updating={reading.reading}
          stale={reading.isOld}
        />
      ) : (
        <NoRows
          dataset={dataset}
          reading={reading}
          menu={menu}
          less={less}
          failure={reading.error && !ended ? failure : null}
        />
      )}
    </>
  )
}

/** Reads the sample again; on small screens the icon alone. */
const Refresh = ({ reading, disabledReason }: { reading: SampleReading; disabledReason: string | null }) => (
  <Button
    variant="ghost"
    icon="refresh"
    aria-label="Refresh"
    busy={reading.reading && reading.sample !== null}
    disabledReason={disabledReason}
    onClick={reading.refresh}
  >
    <span className="only-l">Refresh</span>
  </Button>
)

/** Why there is nothing to export: a reading that failed does not say that there is no record. */
const whyNothing = ({ error, sample }: SampleReading): string => {
  if (error !== null) return 'The records could not be read: see below.'
  return sample ? 'There is no record to export.' : 'The records are being read.'
}

interface NoRowsProps {
  dataset: Dataset
  reading: SampleReading
  menu: React.ReactNode
  /** Reads less, where the time was over. */
  less: React.ReactNode
  /** What went wrong, and what mends it. */
  failure: React.ReactNode
}

/** Before the first rows, and when there are none: it says which. */
function NoRows({ dataset, reading, menu, less, failure }: NoRowsProps) {
  const { sample, stopped } = reading
  const bar = <div className="toolbar">{menu}</div>
  if (failure)
    return (
      <>
        {bar}
        {failure}
      </>
    )
  if (stopped)
    return (
      <>
        {bar}
        <EmptyState icon="search" title="Reading was stopped" actions={<Again reading={reading} />}>
          Nothing was read before it was stopped.
        </EmptyState>
      </>
    )
  if (!sample || reading.reading)
    return (
      <>
        <ReadingState reading={reading} />
        <GridSkeleton label="Reading the sample" />
      </>
    )
  return (
    <>
      {bar}
      <NoRecords
        dataset={dataset}
        sample={sample}
        again={
          <>
            {sample.endedBy !== null && less}
            <Again reading={reading} label="Check now" />
          </>
        }
      />
    </>
  )
}

const Again = ({ reading, label = 'Read again' }: { reading: SampleReading; label?: string }) => (
  <Button icon="refresh" busy={reading.reading} onClick={reading.refresh}>
    {label}
  </Button>
)

interface NoticeProps {
  error: unknown
  onRetry: (() => void) | null
  /** What mends it. */
  actions?: React.ReactNode
}

function Notice({ error, onRetry, actions }: NoticeProps) {
  if (!error) return null
  return (
    <div className="px-4 py-3">
      <ProblemNotice error={error} actions={actions} {...(onRetry ? { onRetry } : {})} />
    </div>
  )
}

const SLOW_MS = 1_000

/** From one second on: that it is being read, since when, and the way to stop it. */
function ReadingState({ reading }: { reading: SampleReading }) {
  const nowMs = useNowMs()
  const { startedAtMs } = reading
  if (!reading.reading || startedAtMs === null || nowMs === null) return null
  const elapsedMs = nowMs - startedAtMs
  if (elapsedMs < SLOW_MS) return null
  return (
    <div className="px-4 py-3">
      <Progress
        label="Reading the sample"
        done={Math.floor(elapsedMs / 1_000)}
        unit="s"
        onCancel={reading.stop}
      />
    </div>
  )
}
