'use client'

import { useEffect, useMemo, useState } from 'react'
import { readJobItems } from '#lib/client/jobs'
import { type PartitionTotalsWire, partitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'

const POLL_MS = 500

interface Found {
  jobId: string
  byId: ReadonlyMap<string, PartitionTotalsWire>
}

/** The partitions that a listing has given out so far, as they come; the last item of an id counts. */
export function usePartitionItems(jobId: string | null): PartitionTotalsWire[] {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    if (!jobId) return
    const left = new AbortController()
    void follow(jobId, left.signal, (byId) => setFound({ jobId, byId }))
    return () => left.abort()
  }, [jobId])
  return useMemo(() => [...(found?.byId.values() ?? [])], [found])
}

async function follow(jobId: string, signal: AbortSignal, tell: (byId: Found['byId']) => void) {
  const byId = new Map<string, PartitionTotalsWire>()
  let after = 0
  while (!signal.aborted) {
    // A page that does not come is asked for again: the job itself tells whether it failed.
    const page = await readJobItems(jobId, after, signal).catch(() => null)
    if (signal.aborted) return
    if (page) {
      for (const item of page.items) {
        const parsed = partitionTotalsWire.safeParse(item)
        if (parsed.success) byId.set(parsed.data.id, parsed.data)
      }
      if (page.items.length > 0) tell(new Map(byId))
      if (page.finished && page.next === after) return
      after = page.next
      if (page.items.length > 0) continue
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
