'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { sampleQuery } from '#lib/client/datasets'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { type SampleChoice, toRequest } from './sample-choice'

export interface SampleReading {
  /** The sample asked for or its first records, or the one before it while that is read, or after it failed. */
  sample: Sample | null
  /** What is shown is not what was asked for last. */
  isOld: boolean
  reading: boolean
  /** When the reading began, epoch milliseconds. */
  startedAtMs: number | null
  error: Error | null
  /** Someone stopped it. */
  stopped: boolean
  refresh: () => void
  stop: () => void
}

/** When some records are asked for beside all of them: many small files take seconds. */
const FIRST_AFTER_MS = 1_000
const FIRST_RECORDS = 100

/** Reads a sample; its first records come first where it takes long, and until then the one before stays. */
export function useSample(dataset: Dataset, choice: SampleChoice, enabled: boolean): SampleReading {
  const client = useQueryClient()
  const options = sampleQuery(dataset.projectKey, dataset.name, toRequest(choice))
  const key = JSON.stringify(options.queryKey)
  const [stoppedKey, setStoppedKey] = useState<string | null>(null)
  const [begun, setBegun] = useState<{ key: string; atMs: number } | null>(null)
  const [last, setLast] = useState<Sample | null>(null)
  const stopped = stoppedKey === key
  const query = useQuery({
    ...options,
    enabled: enabled && !stopped,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const { data, isFetching, isPlaceholderData } = query
  const read = isPlaceholderData ? undefined : data
  const isLong = useIsLong(isFetching ? key : null)
  const records = Math.min(FIRST_RECORDS, choice.records)
  const firstOptions = sampleQuery(dataset.projectKey, dataset.name, toRequest({ ...choice, records }))
  const isFirstWanted = isLong && !read && records < choice.records
  const first = useQuery({ ...firstOptions, enabled: enabled && !stopped && isFirstWanted, retry: false })
  // After a failure the error is what is to be known, not what was read before it.
  const begunWith = isFetching || stopped ? first.data : undefined
  if (data && data !== last) setLast(data)
  if (isFetching && begun?.key !== key) setBegun({ key, atMs: Date.now() })
  if (!isFetching && begun) setBegun(null)
  return {
    sample: read ?? begunWith ?? data ?? last,
    isOld: query.isError || !(read ?? begunWith),
    reading: isFetching,
    startedAtMs: begun?.atMs ?? null,
    error: isFetching ? null : query.error,
    stopped: stopped && !isFetching,
    refresh: () => {
      setStoppedKey(null)
      if (records < choice.records) client.removeQueries({ queryKey: firstOptions.queryKey })
      void query.refetch()
    },
    stop: () => {
      setStoppedKey(key)
      for (const { queryKey } of [options, firstOptions]) void client.cancelQueries({ queryKey })
    },
  }
}

/** Whether what has this key, null for nothing, has gone on for a second. */
function useIsLong(key: string | null): boolean {
  const [longKey, setLongKey] = useState<string | null>(null)
  useEffect(() => {
    if (key === null) return
    const timer = setTimeout(() => setLongKey(key), FIRST_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setLongKey(null)
    }
  }, [key])
  return key !== null && longKey === key
}
