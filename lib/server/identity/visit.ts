import 'server-only'
import type { Arrival } from '../access/caller'
import type { EventContext } from '../access/record-event'
import { now } from '../platform/clock'
import { newId } from '../platform/ids'

/** The circumstances of an act of someone who is nobody yet: a sign-in, a first run, an invitation. */
export type Visit = Arrival

/** What an event of a visit says of its circumstances. */
export const visitContext = (visit: Visit, spaceId: string): EventContext => ({
  requestId: visit.requestId,
  originAddress: visit.originAddress,
  via: visit.via,
  call: visit.call,
  startedAt: visit.startedAt,
  spaceId,
})

/** An act on the machine itself: a command of the administration program. */
export const machineContext = (command: string, spaceId: string): EventContext => ({
  requestId: newId(),
  originAddress: 'internal',
  via: 'command',
  call: `command ${command}`,
  startedAt: now(),
  spaceId,
})

/** Who acts on the machine, as events name them. */
export const MACHINE_ACTOR = { authUser: 'system:machine', authSource: 'SYSTEM' } as const

/** A person signing in or being made, as events name them. */
export const personActor = (login: string) => ({ authUser: login, authSource: 'USER_FROM_UI' })
