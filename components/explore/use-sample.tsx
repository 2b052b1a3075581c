'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sampleQuery } from '#lib/client/datasets'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { Dataset } from '#lib/domain/datasets/wire'
import { type SampleChoice, toRequest } from './sample-choice'

export interface SampleReading {
  /** The sample asked for, or the one before it while that is read, or after it failed. */
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

/** Reads a sample; the one before stays until there is another. */
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
  if (data && data !== last) setLast(data)
  if (isFetching && begun?.key !== key) setBegun({ key, atMs: Date.now() })
  if (!isFetching && begun) setBegun(null)
  return {
    sample: data ?? last,
    isOld: isPlaceholderData || query.isError || (stopped && !data),
    reading: isFetching,
    startedAtMs: begun?.atMs ?? null,
    error: isFetching ? null : query.error,
    stopped: stopped && !isFetching,
    refresh: () => {
      setStoppedKey(null)
      void query.refetch()
    },
    stop: () => {
      setStoppedKey(key)
      void client.cancelQueries({ queryKey: options.queryKey })
    },
  }
}
