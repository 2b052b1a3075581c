'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { WorkArea } from '#components/layout/page'
import { Banner } from '#components/ui/banner'
import { Skeleton } from '#components/ui/skeleton'
import { useZone } from '#components/ui/zone'
import { datasetQuery } from '#lib/client/datasets'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { Dataset } from '#lib/domain/datasets/wire'
import { formatClock } from '#lib/domain/format'
import { type DatasetTab, flowAddress } from './dataset-address'
import { DatasetHeadToCome } from './dataset-head'
import { LockedDataset } from './locked-dataset'

/** A right that ends should show within seconds. */
const LOOK_MS = 5_000

interface DatasetFrameProps {
  projectKey: string
  name: string
  /** The tab that is open. */
  tab: DatasetTab
  /** The layout to come below the tabs, in grey: rows without. */
  loading?: ReactNode
  /** Settings are for every member of the project, its records are not. */
  readsData: boolean
  /** `ended` says why nothing can be read or saved any more; what was read stays. */
  children: (dataset: Dataset, ended: string | null) => ReactNode
}

/** What all pages of a dataset share: who may open it, and what happens when that ends. */
export function DatasetFrame(props: DatasetFrameProps) {
  const { projectKey, name, tab, loading, readsData, children } = props
  const query = useQuery({ ...datasetQuery(projectKey, name), refetchInterval: LOOK_MS })
  return (
    <WorkArea>
      <AccessGate
        query={query}
        name={name}
        loading={
          <>
            <DatasetHeadToCome projectKey={projectKey} name={name} tab={tab} />
            {loading ?? (
              <div className="p-6">
                <Skeleton label={`Loading ${name}`} rows={6} />
              </div>
            )}
          </>
        }
        back={{ href: flowAddress(projectKey), label: 'Back to the Flow' }}
      >
        {(dataset, ended) => (
          <Opened dataset={dataset} ended={ended} readsData={readsData} readAt={query.dataUpdatedAt}>
            {children}
          </Opened>
        )}
      </AccessGate>
    </WorkArea>
  )
}

interface OpenedProps extends Pick<DatasetFrameProps, 'readsData' | 'children'> {
  dataset: Dataset
  ended: string | null
  /** When `dataset` was read, epoch milliseconds. */
  readAt: number
}

function Opened({ dataset, ended, readsData, readAt, children }: OpenedProps) {
  const lost = useLostRight(dataset, readAt)
  const { lock } = dataset
  if (lock && readsData && !lost) return <LockedDataset dataset={dataset} lock={lock} />
  return (
    <>
      {lock && lost && !ended && (
        <div className="px-4 pt-3">
          <Banner tone="warn" title={lost}>
            {`What you see is as it was then. ${lock.ask.length > 0 ? `Ask: ${lock.ask.join(', ')}.` : ''}`}
          </Banner>
        </div>
      )}
      {children(dataset, ended ?? lost)}
    </>
  )
}

/** Says when the right to read ended, if that was while the page was open; null otherwise. */
function useLostRight({ lock }: Dataset, readAt: number): string | null {
  const { zone } = useZone()
  const [held, setHeld] = useState(false)
  const [endedAt, setEndedAt] = useState<number | null>(null)
  const locked = lock !== null
  useEffect(() => {
    if (!locked) {
      setHeld(true)
      setEndedAt(null)
    } else setEndedAt((before) => before ?? readAt)
  }, [locked, readAt])
  if (!lock || !held) return null
  const at = formatClock(new Date(lock.removed?.at ?? endedAt ?? readAt), zone)
  return lock.removed
    ? `${sayActor(lock.removed.by)} removed ${lock.connection} at ${at}`
    : `Your access to ${lock.connection} ended at ${at}`
}
