'use client'

import { useMemo, useState } from 'react'
import { useListFiles, useListPartitions } from '#lib/client/files'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { newestOfLargestKind } from '#lib/domain/datasets/file-kinds'
import { type FilesReport, filesReport } from '#lib/domain/datasets/files-wire'
import { type PartitionsSummary, partitionsSummary } from '#lib/domain/datasets/partitions-wire'
import type { WizardState } from '#lib/domain/datasets/wizard'
import type { PartitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'
import { filesSignature, sayFormerPlace } from './files-signature'
import { useChangedFiles } from './use-changed-files'
import { type ColumnReading, useColumns } from './use-columns'
import { type Listing, useListing } from './use-listing'
import { usePartitionItems } from './use-partition-items'
import { type Location, type PreviewReading, usePreview } from './use-preview'

/** What the wizard has looked at: its listings and the preview, which live as long as the page. */
export interface WizardSource {
  files: Listing<FilesReport>
  filesAreCurrent: boolean
  /** Where the listing of files looked, when that is another place than the settings name now. */
  filesPlace: string | null
  partitions: Listing<PartitionsSummary>
  partitionsAreCurrent: boolean
  /** The partitions that the listing has given out so far. */
  found: readonly PartitionTotalsWire[]
  preview: PreviewReading
  columns: ColumnReading
  /** The file one chose to preview, below the dataset's path; null for the newest. */
  file: string | null
  chooseFile: (path: string | null) => void
  /** Where previews look: what was chosen there means nothing elsewhere. */
  place: string
  /** Paths below the dataset's path, to try patterns on. */
  examples: readonly string[]
  /** Takes the location as typed: previews follow it. Tells whether it is another one. */
  settle: (definition: DatasetDefinition) => boolean
}

/** Reads what settings name, when one has finished typing them. `memoryKey` finds listings again after a reload. */
export function useWizardSource(
  state: WizardState,
  memoryKey: string | null,
  /** Whether the columns of several files are wanted. */
  readsColumns = true,
): WizardSource {
  const { definition } = state
  const [settled, setSettled] = useState(() => locationOf(definition))
  const [file, setFile] = useState<string | null>(null)
  // A connection is chosen and not typed: what lies elsewhere, and a file of there, are left at once.
  if (settled.connection !== definition.params.connection) {
    setSettled(locationOf(definition))
    setFile(null)
  }
  const files = useListing({
    of: 'files',
    definition,
    starter: useListFiles(),
    report: filesReport,
    signatureOf: filesSignature,
    memoryKey: memoryKey && `launchpad:files:${memoryKey}`,
  })
  useChangedFiles(files)
  const partitions = useListing({
    of: 'partitions',
    definition,
    starter: useListPartitions(),
    report: partitionsSummary,
    signatureOf: partitionsSignature,
    memoryKey: memoryKey && `launchpad:partitions:${memoryKey}`,
  })
  const found = usePartitionItems(partitions.jobId)
  const filesAreCurrent = files.reportOf === filesSignature(definition)
  const newest = filesAreCurrent && files.report ? newestOfLargestKind(files.report) : null
  const preview = usePreview(definition, settled, { chosen: file, newest })
  const columns = useColumns({ definition, preview, file, newest, enabled: readsColumns })
  const filesPlace = files.reportOf === null ? null : sayFormerPlace(files.reportOf, definition)
  // Paths begin at the place that was listed: from another one they would lead to a wrong pattern.
  const report = filesPlace === null ? files.report : null
  const examples = useExamples(preview.shown?.usedPath, report, files.met)
  return {
    files,
    filesAreCurrent,
    filesPlace,
    partitions,
    partitionsAreCurrent: partitions.startedOf === partitionsSignature(definition),
    found,
    preview,
    columns,
    file,
    chooseFile: setFile,
    place: JSON.stringify(settled),
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

/** Each path once that a preview, a listing or the look at its cost has met. */
function useExamples(
  usedPath: string | null | undefined,
  report: FilesReport | null,
  met: readonly string[],
): readonly string[] {
  return useMemo(
    () => [
      ...new Set([
        ...(usedPath ? [usedPath] : []),
        ...(report?.newest.map(({ path }) => path) ?? []),
        ...(report?.examples ?? []),
        ...met,
      ]),
    ],
    [usedPath, report, met],
  )
}

const locationOf = ({ params: { connection, bucket, path } }: DatasetDefinition): Location => ({
  connection,
  bucket,
  path,
})

const partitionsSignature = (definition: DatasetDefinition) =>
  `${filesSignature(definition)}${JSON.stringify([
    definition.partitioning.filePathPattern,
    definition.partitioning.dimensions,
  ])}`
