'use client'

import { useSyncExternalStore } from 'react'
import { formatClock, formatDay, formatExact, formatRelativeTime, formatUtc } from '#lib/domain/format'
import { useZone } from './zone'

const TICK_MS = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let nowMs = 0

// One timer for every time on the page; it runs only while there is one.
function subscribe(listener: () => void) {
  listeners.add(listener)
  if (timer === undefined) {
    nowMs = Date.now()
    timer = setInterval(() => {
      nowMs = Date.now()
      for (const notify of listeners) notify()
    }, TICK_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

// The same until the next tick: React compares what it reads.
function readNowMs(): number {
  if (nowMs === 0) nowMs = Date.now()
  return nowMs
}

/** The present in milliseconds, by the second; null on the server. */
export function useNowMs(): number | null {
  return useSyncExternalStore(subscribe, readNowMs, () => null)
}

export interface TimeProps {
  /** An ISO time or a Date. */
  at: string | Date
  /** `relative` "2 min ago", `exact` with date and seconds, `clock` "14:03 UTC", `day` "Nov 2". */
  as?: 'relative' | 'exact' | 'clock' | 'day'
  className?: string
}

/** A time in the zone the person chose, with the exact UTC time on hover. */
export function Time({ at, as = 'relative', className }: TimeProps) {
  const date = typeof at === 'string' ? new Date(at) : at
  const now = useNowMs()
  const { zone } = useZone()
  const exact = formatUtc(date)
  return (
    <time dateTime={date.toISOString()} title={exact} className={className}>
      {now === null ? exact : sayTime(date, new Date(now), zone, as)}
    </time>
  )
}

function sayTime(at: Date, now: Date, zone: string, as: NonNullable<TimeProps['as']>): string {
  if (as === 'exact') return formatExact(at, zone)
  if (as === 'clock') return formatClock(at, zone)
  if (as === 'day') return formatDay(at, now, zone)
  return formatRelativeTime(at, now, zone)
}
