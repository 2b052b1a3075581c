'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { previewQuery } from '#lib/client/files'
import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import { type FilesDetection, isBeside } from '#lib/domain/datasets/files-detection'
import type { FilesPreview } from '#lib/domain/datasets/files-preview'
import type { Problem } from '#lib/domain/datasets/problem'
import { findProblems } from '#lib/domain/datasets/problems'
import { isTyped } from './typed-settings'
import { useDetection } from './use-detection'

/** How long a text has to rest before it is read again; what is chosen is read at once. */
const TYPING_DELAY_MS = 300

/** As many as are worth scrolling through. */
const PREVIEW_RECORDS = 1_000

export interface PreviewReading {
  /** The last one that could be read; it stays while another is read, or after that failed. */
  shown: FilesPreview | null
  /** What was read under the settings as they stand; null while they are being read. */
  current: FilesPreview | null
  error: Error | null
  reading: boolean
  /** Where it stands: nothing to read yet says which setting lacks. */
  missing: Problem | null
  refetch: () => void
  /** The settings that it is read by. */
  request: DatasetDefinition
}

export type Location = Pick<DatasetDefinition['params'], 'connection' | 'bucket' | 'path'>

/** Reads the first records as the settings say: at once when something was chosen, after a moment while one types. */
export function usePreview(
  definition: DatasetDefinition,
  settled: Location,
  /** The file that someone chose, and the one that is shown where nobody did; null where the server is to look for it. */
  { chosen, newest }: { chosen: string | null; newest: string | null },
): PreviewReading {
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
  const request = useRested(wanted)
  const missing = useMemo(() => findWhatLacks(request), [request])
  const { data: detection } = useDetection({ preview: { request } })
  const beside = detection?.beside ?? []
  const file = chosen ?? mainFile(newest, detection)
  const query = useQuery({
    ...previewQuery({
      definition: request,
      records: PREVIEW_RECORDS,
      ...(file === null ? {} : { file }),
      readOn: chosen === null,
      ...(beside.length === 0 ? {} : { beside: beside.map(({ folder }) => ({ folder })) }),
    }),
    enabled: missing === null,
    retry: false,
  })
  // What was read belongs to the place that was asked for: the settings may name another one by now.
  const readAt = placeOf(request)
  const [kept, setKept] = useState<{ preview: FilesPreview; place: string } | null>(null)
  useEffect(() => {
    if (query.data) setKept({ preview: query.data, place: readAt })
  }, [query.data, readAt])
  // Rows of another place would say something wrong about this one.
  const isHere = (place: string | undefined) => place === placeOf(wanted)
  const read = isHere(readAt) ? query.data : undefined
  const shown = missing ? null : (read ?? (isHere(kept?.place) ? kept?.preview : null) ?? null)
  const isCurrent = request === wanted && !missing && !query.isFetching && !query.error
  return {
    shown,
    current: isCurrent ? (query.data ?? null) : null,
    error: missing ? null : query.error,
    reading: query.isFetching || request !== wanted,
    missing,
    refetch: () => void query.refetch(),
    request,
  }
}

const placeOf = ({ params: { connection, bucket, path } }: DatasetDefinition) =>
  JSON.stringify([connection, bucket, path])

/** The first records of another file under the same settings, to be compared with. */
export function useOtherPreview(request: DatasetDefinition, file: string) {
  return useQuery({
    ...previewQuery({ definition: request, records: PREVIEW_RECORDS, file }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

/** Of files that folders divide by content one of the main content, the newest that was looked at. */
function mainFile(newest: string | null, detection: FilesDetection | undefined): string | null {
  const { beside = [], files = [] } = detection ?? {}
  if (beside.length === 0 || (newest !== null && !isBeside(newest, beside))) return newest
  const main = files.findLast(
    ({ path, problem, sizeBytes }) => problem === null && sizeBytes > 0 && !isBeside(path, beside),
  )
  return main?.path ?? newest
}

const findWhatLacks = (definition: DatasetDefinition): Problem | null =>
  findProblems('', definition).find(
    ({ tab, severity }) => severity === 'error' && (tab === 'files' || tab === 'format'),
  ) ?? null

/** The settings to read by: what was chosen at once, what is being typed once it rests. */
function useRested(wanted: DatasetDefinition): DatasetDefinition {
  const [rested, setRested] = useState(wanted)
  const typed = rested !== wanted && isTyped(rested, wanted)
  if (rested !== wanted && !typed) setRested(wanted)
  useEffect(() => {
    if (!typed) return
    const timer = setTimeout(() => setRested(wanted), TYPING_DELAY_MS)
    return () => clearTimeout(timer)
  }, [wanted, typed])
  return rested
}
