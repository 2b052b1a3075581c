import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import type { Arrival } from './caller'
import { Gatherings } from './gather'
import { countInWindow, secondsToWindowEnd } from './rate-limit'
import { type EventContext, type EventSpec, recordRepeatable } from './record-event'

/** What may be told of a key that is refused; never the key itself. */
export interface WrongKey {
  /** One of ours that has ended, or whose owner is disabled; `name` is how its events named it. */
  known: { spaceId: string; id: string; kind: string; name: string } | null
  /** What lists show of a key; null for a text that is none of ours, which may be the secret of something else. */
  prefix: string | null
}

const WINDOW_MS = 15 * 60_000
/** Failures a window that are answered 401; those beyond are answered 429. A right key never counts and is never held up. */
const MOST_OF_ADDRESS = 50
const MOST_OF_PREFIX = 20
/** Failures a minute whose keys and addresses are told apart; those beyond are counted in one event. */
const TOLD_APART = 120

/**
 * Counts a refused key under its address and its first characters, tells it in an event that counts repeats, and gives the
 * failure to throw: `unauthenticated`, or `limit_exceeded` with the seconds to wait. Those of one address that come while one
 * is being written are written together, so that a flood of them holds one connection of the database.
 */
export async function refuseKey(arrival: Arrival, wrong: WrongKey): Promise<Failure> {
  const limited = await refusals.add(arrival.originAddress, { arrival, wrong })
  return limited ? tooManyWrongKeys() : wrongKey()
}

interface Refused {
  arrival: Arrival
  wrong: WrongKey
}

const refusals = new Gatherings(recordAll)

/** Whether each of them is beyond the limits. */
function recordAll(address: string, refused: Refused[]): Promise<boolean[]> {
  return inTransaction(async (tx) => {
    const upTo = await countInWindow(tx, `wrong-key|address|${address}`, WINDOW_MS, refused.length)
    const first = upTo - refused.length
    const limited: boolean[] = []
    for (const [index, one] of refused.entries())
      limited.push(first + index >= MOST_OF_ADDRESS || (await isBeyond(tx, one.wrong)))
    const told = Map.groupBy(refused, (one, index) => JSON.stringify([limited[index], identify(one)]))
    for (const [key, alike] of told)
      if (alike[0]) await tell(tx, alike[0], alike.length, JSON.parse(key)[0] === true)
    return limited
  })
}

/** Addresses change more easily than a key that somebody lost. */
async function isBeyond(tx: Tx, { prefix }: WrongKey): Promise<boolean> {
  if (prefix === null) return false
  return (await countInWindow(tx, `wrong-key|prefix|${prefix}`, WINDOW_MS)) > MOST_OF_PREFIX
}

const identify = ({ wrong: { known, prefix } }: Refused) => known?.id ?? prefix

async function tell(
  tx: Tx,
  { arrival, wrong: { known, prefix } }: Refused,
  times: number,
  limited: boolean,
): Promise<void> {
  const spaceId = known?.spaceId ?? (await firstSpace(tx))
  if (spaceId === null) return
  const apart = (await countInWindow(tx, `wrong-key-told|${spaceId}`, 60_000)) <= TOLD_APART
  const spec: EventSpec = {
    msgType: 'api-key-authentication-failure',
    topic: 'authfail',
    outcome: 'denied',
    objectType: 'api-key',
    objectId: (apart && (known?.id ?? prefix)) || '*',
    fields: {
      reason: limited ? 'too many attempts' : known ? 'the key has ended' : 'unknown key',
      ...(apart ? { originAddress: arrival.originAddress } : {}),
    },
  }
  const actor =
    known && apart
      ? { authUser: known.name, authSource: `${known.kind.toUpperCase()}_API_KEY` }
      : { authUser: 'unknown', authSource: 'API_KEY' }
  await recordRepeatable(tx, contextOf(arrival, spaceId), actor, spec, times)
}

const contextOf = (
  { requestId, originAddress, via, call, startedAt }: Arrival,
  spaceId: string,
): EventContext => ({ requestId, originAddress, via, call, startedAt, spaceId })

/** Whom to tell of a key that names no space: the one that was there first. */
async function firstSpace(tx: Tx): Promise<string | null> {
  const space = await tx.space.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true } })
  return space?.id ?? null
}

const wrongKey = () =>
  new Failure('unauthenticated', 'This API key is not known, or it has ended.', {
    reason: 'wrong-key',
    remedy: 'Check the key, or make a new one under your keys.',
  })

function tooManyWrongKeys(): Failure {
  const retryAfterSeconds = secondsToWindowEnd(WINDOW_MS)
  const minutes = Math.ceil(retryAfterSeconds / 60)
  return new Failure('limit_exceeded', 'There were too many attempts with wrong API keys.', {
    reason: 'too-many-attempts',
    remedy: `Check the key: a right one works at once, wrong ones are looked at again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    retryAfterSeconds,
  })
}
