'use client'

import { useQuery } from '@tanstack/react-query'
import { type Dispatch, useEffect, useMemo, useState } from 'react'
import { columnsQuery } from '#lib/client/schema'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { columnsToFollow } from '#lib/domain/datasets/follow-files'
import type { WantedColumn } from '#lib/domain/datasets/schema-diff'
import type { SchemaReport } from '#lib/domain/datasets/schema-report'
import { formatKey, type WizardStep } from '#lib/domain/datasets/wizard'
import type { PreviewReading } from './use-preview'

/** The columns of the files, which a schema follows until a person touches it. */
export interface ColumnReading {
  /** Of several files together, under the settings as they stand; null before, and where they could not be read. */
  report: SchemaReport | null
  /** Files are being looked at: there may be more columns than those that are known. */
  reading: boolean
  /** What a schema that follows takes over; null while nothing is known. */
  step: Extract<WizardStep, { step: 'set-found-columns' }> | null
  /** Columns that the files have: undefined while that is not certain, null where none could be read. */
  found: readonly WantedColumn[] | null | undefined
}

/** How long a pattern has to rest before files are looked at by it. */
const TYPING_DELAY_MS = 600

interface ColumnSource {
  definition: DatasetDefinition
  preview: PreviewReading
  /** The file one chose to look at; null for the one that a preview opens by itself. */
  file: string | null
  /** The newest file that a listing found. */
  newest: string | null
  enabled: boolean
}

/** Looks at several files once the preview stands, so that it has not to wait for them. */
export function useColumns({ definition, preview, file, newest, enabled }: ColumnSource): ColumnReading {
  const { current, request, missing } = preview
  const partitioning = useRestedLong(definition.partitioning)
  const asked = useMemo(() => ({ ...request, partitioning }), [request, partitioning])
  const files = useMemo(() => (newest === null ? [] : [newest]), [newest])
  const canBeRead = enabled && missing === null
  const query = useQuery({
    ...columnsQuery(asked, files),
    enabled: canBeRead && !preview.reading,
    retry: false,
  })
  const readBy = formatKey(request)
  const isCurrent = readBy === formatKey(definition) && missing === null
  const report = isCurrent && query.data && query.data.files.length > 0 ? query.data : null
  const isPending = query.data === undefined && query.error === null
  const reading = canBeRead && (preview.reading || isPending || query.isFetching)
  const shown = current !== null && current.looksLike === null && current.columns.length > 0 ? current : null
  // A file that one only looks at says nothing of the others.
  const previewed =
    shown && file === null && !query.data?.headerless.some(({ path }) => path === shown.usedPath)
      ? shown.columns
      : null
  const step = useMemo(() => {
    const columns = isCurrent ? columnsToFollow({ previewed, report }) : null
    return columns && { step: 'set-found-columns' as const, columns, readBy }
  }, [isCurrent, previewed, report, readBy])
  const isUnread = !preview.reading && !reading && (shown === null || (file !== null && query.error !== null))
  return {
    report,
    reading,
    step,
    found: report && report.columns.length > 0 ? report.columns : isUnread ? null : undefined,
  }
}

/** Lets the columns follow what the settings read, while `follows`. */
export function useFollowColumns(
  { step }: ColumnReading,
  dispatch: Dispatch<WizardStep>,
  follows = true,
): void {
  useEffect(() => {
    if (follows && step) dispatch(step)
  }, [follows, step, dispatch])
}

function useRestedLong<Value>(value: Value): Value {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), TYPING_DELAY_MS)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
