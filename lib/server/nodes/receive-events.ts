import 'server-only'
import { hash } from 'node:crypto'
import { parseNodeEvent } from '#lib/domain/audit/node-event'
import type { SentEvent } from '#lib/domain/audit/split-events'
import { Failure } from '#lib/domain/errors'
import type { IntakeReceipt } from '#lib/domain/nodes/wire'
import type { EventContext } from '../access/record-event'
import { crashPoint } from '../platform/crash-point'
import { authenticateNode } from './authenticate-node'
import type { IncomingEvent } from './insert-events'
import { readEventsBody } from './read-events-body'
import { storeEvents } from './store-events'

/**
 * Takes the events of one request, all or none. It answers only after they are committed.
 * @throws Failure `unauthenticated`; `validation_failed` naming the line; `unavailable` when they cannot be stored
 */
export async function receiveEvents(
  request: Request,
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<IntakeReceipt> {
  const node = await refusable(authenticateNode(request.headers, ctx))
  const events = identify(await readEventsBody(request))
  if (events.length === 0) return { accepted: 0, duplicates: 0, conflicts: 0 }
  crashPoint('received')
  const receipt = await refusable(storeEvents(node, events, ctx))
  crashPoint('stored')
  return receipt
}

function identify(sent: SentEvent[]): IncomingEvent[] {
  const seen = new Map<string, number>()
  return sent.map(({ text, place }) => {
    const parsed = parseNodeEvent(text)
    if (!parsed.ok) throw malformed(place, parsed.issues[0]?.message ?? 'cannot be read')
    const event = parsed.value
    const digest = hash('sha256', event.line, 'base64url')
    return { ...event, digest, eventId: event.eventId ?? derivedId(digest, seen) }
  })
}

/**
 * The id of an event without one: the same for the same request sent again, and apart for equal events within a request.
 * @example "sha256:9f86d0…", "sha256:9f86d0…#2"
 */
function derivedId(digest: string, seen: Map<string, number>): string {
  const nth = (seen.get(digest) ?? 0) + 1
  seen.set(digest, nth)
  return nth === 1 ? `sha256:${digest}` : `sha256:${digest}#${nth}`
}

/** A node must be able to tell "send it again later" from "this will never do". */
async function refusable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof Failure && cause.kind !== 'internal') throw cause
    throw new Failure(
      'unavailable',
      'The events cannot be stored now.',
      {
        reason: 'cannot-store',
        remedy: 'Send the same request again later. Events that arrive twice are kept once.',
        retryAfterSeconds: 5,
      },
      { cause },
    )
  }
}

const malformed = (place: number, what: string) =>
  new Failure('validation_failed', `Line ${place} ${what}.`, {
    reason: 'malformed-event',
    where: `line ${place}`,
    remedy: 'Nothing of this request was stored. Mend the line and send it again.',
    issues: [{ reason: 'malformed-event', message: `Line ${place} ${what}.`, path: [place] }],
  })
