'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useZone } from '#components/ui/zone'
import { connectionsQuery } from '#lib/client/connections'
import { formatClock } from '#lib/domain/format'

/** A right that goes should show within seconds. */
const LOOK_MS = 5_000

/**
 * Why the connection cannot be used now: a right lost since the page opened says when it ended, one that never was says
 * whom to ask. Null where it can, or nothing is known yet.
 */
export function useConnectionEnd(name: string): { message: string; ask: readonly string[] } | null {
  const { data, dataUpdatedAt } = useQuery({ ...connectionsQuery(), refetchInterval: LOOK_MS })
  const { zone } = useZone()
  const [used, setUsed] = useState<{ name: string; endedAt: number | null } | null>(null)
  const item = data?.items.find((one) => one.name === name)
  const usable = item?.abilities.canUse ?? false
  useEffect(() => {
    if (!data || name === '') return
    if (usable) setUsed({ name, endedAt: null })
    else {
      setUsed((before) =>
        before?.name === name && before.endedAt === null ? { name, endedAt: dataUpdatedAt } : before,
      )
    }
  }, [data, dataUpdatedAt, name, usable])
  if (!data || name === '' || usable) return null
  const endedAt = used?.name === name ? used.endedAt : null
  const message =
    endedAt === null
      ? item
        ? `You need to be named in “Freely usable by” of ${name}.`
        : `There is no connection ${name} that you may know of.`
      : `Your access to ${name} ended at ${formatClock(new Date(endedAt), zone)}`
  return { message, ask: data.ask }
}
