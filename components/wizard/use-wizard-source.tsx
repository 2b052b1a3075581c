'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { previewQuery, useListFiles, useListPartitions } from '#lib/client/files'
import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import { findProblems, type Problem } from '#lib/domain/datasets/problems'
import {
  type FilesReport,
  filesReport,
  type PartitionsSummary,
  partitionsSummary,
} from '#lib/domain/datasets/wire'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { Preview } from '#lib/domain/formats/wire'
import type { PartitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'
import { type Listing, useListing } from './use-listing'
import { usePartitionItems } from './use-partition-items'

/** What is read again, for a moment after the last change of a setting. */
const PREVIEW_DELAY_MS = 400

export interface PreviewReading {
  /** The last one that could be read; it stays while another is read, or after that failed. */
  shown: Preview | null
  error: Error | null
  reading: boolean
  /** Where it stands: nothing to read yet says which setting lacks. */
  missing: Problem | null
  refetch: () => void
}

/** What the wizard has looked at: its listings and the preview, which live as long as the page. */
export interface WizardSource {
  files: Listing<FilesReport>
  filesAreCurrent: boolean
  partitions: Listing<PartitionsSummary>
  partitionsAreCurrent: boolean
  /** The partitions that the listing has given out so far. */
  found: readonly PartitionTotalsWire[]
  preview: PreviewReading
  /** The file one chose to preview, below the dataset's path; null for the newest. */
  file: string | null
  chooseFile: (path: string | null) => void
  /** Paths below the dataset's path, to try patterns on. */
  examples: readonly string[]
  /** Takes the location as typed: previews follow it. Tells whether it is another one. */
  settle: (definition: DatasetDefinition) => boolean
}

/** Reads what settings name, when one has finished typing them. `memoryKey` finds listings again after a reload. */
export function useWizardSource(state: WizardState, memoryKey: string | null): WizardSource {
  const { definition } = state
  const [settled, setSettled] = useState(() => locationOf(definition))
  const [file, setFile] = useState<string | null>(null)
  const files = useListing({
    starter: useListFiles(),
    report: filesReport,
    signatureOf: filesSignature,
    memoryKey: memoryKey && `launchpad:files:${memoryKey}`,
  })
  const partitions = useListing({
    starter: useListPartitions(),
    report: partitionsSummary,
    signatureOf: partitionsSignature,
    memoryKey: memoryKey && `launchpad:partitions:${memoryKey}`,
  })
  const found = usePartitionItems(partitions.jobId)
  const preview = usePreview(definition, settled, file)
  const usedPath = preview.shown?.usedPath
  const report = files.report
  const examples = useMemo(
    () => [
      ...new Set([
        ...(usedPath ? [usedPath] : []),
        ...(report?.newest.map(({ path }) => path) ?? []),
        ...(report?.examples ?? []),
      ]),
    ],
    [usedPath, report],
  )
  return {
    files,
    filesAreCurrent: files.reportOf === filesSignature(definition),
    partitions,
    partitionsAreCurrent: partitions.startedOf === partitionsSignature(definition),
    found,
    preview,
    file,
    chooseFile: setFile,
    examples,
    settle: (next) => {
      const location = locationOf(next)
      if (location.path === settled.path && location.bucket === settled.bucket) return false
      setSettled(location)
      setFile(null)
      return true
    },
  }
}

type Location = Pick<DatasetDefinition['params'], 'bucket' | 'path'>

const locationOf = ({ params }: DatasetDefinition): Location => ({ bucket: params.bucket, path: params.path })

const filesSignature = ({ params }: DatasetDefinition) =>
  JSON.stringify([params.connection, params.bucket, params.path, params.filesSelectionRules])

const partitionsSignature = (definition: DatasetDefinition) =>
  `${filesSignature(definition)}${JSON.stringify([
    definition.partitioning.filePathPattern,
    definition.partitioning.dimensions,
  ])}`

function usePreview(definition: DatasetDefinition, settled: Location, file: string | null): PreviewReading {
  const { params, formatType, formatParams } = definition
  const wanted = useMemo(
    (): DatasetDefinition => ({
      ...newDefinition(),
      params: { ...params, ...settled },
      formatType,
      formatParams,
    }),
    [params, settled, formatType, formatParams],
  )
  const request = useDelayed(wanted, PREVIEW_DELAY_MS)
  const missing = useMemo(() => findWhatLacks(request), [request])
  const query = useQuery({
    ...previewQuery({ definition: request, records: 1_000, ...(file === null ? {} : { file }) }),
    enabled: missing === null,
    retry: false,
  })
  const location = JSON.stringify([request.params.connection, settled])
  const [kept, setKept] = useState<{ preview: Preview; location: string } | null>(null)
  useEffect(() => {
    if (query.data) setKept({ preview: query.data, location })
  }, [query.data, location])
  // Rows of another place would say something wrong about this one.
  const old = kept?.location === location ? kept.preview : null
  return {
    shown: missing ? null : (query.data ?? old),
    error: missing ? null : query.error,
    reading: query.isFetching || request !== wanted,
    missing,
    refetch: () => void query.refetch(),
  }
}

const findWhatLacks = (definition: DatasetDefinition): Problem | null =>
  findProblems('', definition).find(
    ({ tab, severity }) => severity === 'error' && (tab === 'files' || tab === 'format'),
  ) ?? null

/** A value once it has not changed for a while. */
function useDelayed<T>(value: T, delayMs: number): T {
  const [delayed, setDelayed] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), delayMs)
    return () => clearTimeout(timer)
  }, [value, delayMs])
  return delayed
}
