'use client'

import { useNowMs } from '#components/ui/time'
import { ownZone } from '#components/ui/zone'
import { dayInZone } from '#lib/domain/partitioning/day-in-zone'

/** "Days are UTC. In your zone (Europe/Paris) a day runs 01:00–01:00." */
export function DaysAreUtc() {
  const nowMs = useNowMs()
  if (nowMs === null) return null
  const zone = ownZone()
  const runs = dayInZone(zone, new Date(nowMs).toISOString().slice(0, 10))
  return (
    <p className="small muted">
      Days are UTC.{runs && zone !== 'UTC' && ` In your zone (${zone}) a day runs ${runs}.`}
    </p>
  )
}
