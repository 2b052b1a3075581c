'use client'

import type { ZoneName } from '#lib/domain/format'
import { useStored } from './stored'

export type ZoneChoice = 'utc' | 'own'

/** Which zone this person reads times in: UTC unless they chose their own; kept in the browser. */
export function useZone(): { choice: ZoneChoice; zone: ZoneName; choose: (choice: ZoneChoice) => void } {
  const [stored, store] = useStored('launchpad:zone')
  const choice = stored === 'own' ? 'own' : 'utc'
  return { choice, zone: choice === 'own' ? ownZone() : 'UTC', choose: store }
}

/** The zone of this browser: `"Europe/Paris"`. */
export function ownZone(): ZoneName {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
