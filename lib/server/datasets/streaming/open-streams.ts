import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'

/** Streams that one caller may read at a time from one process. */
export const STREAMS_OF_CALLER = 16
/** All that one process gives out at a time; each holds up to a MiB and a socket to a store. */
const STREAMS_OF_PROCESS = 64
const RETRY_AFTER_SECONDS = 5

const open = new Map<string, number>()

/** Leave to give out one stream, until it is freed; that may be more than once. */
export interface StreamPlace {
  free(): void
}

/** Takes a place for a stream. All keys of a person count as the person. @throws Failure `limit_exceeded` when all are taken */
export function takeStreamPlace({ spaceId, userId, keyId, name }: Subject): StreamPlace {
  const caller = `${spaceId}|${userId ?? keyId ?? name}`
  const ofCaller = open.get(caller) ?? 0
  if (ofCaller >= STREAMS_OF_CALLER) throw tooMany(`You read ${ofCaller} streams at the same time`)
  if (countOpenStreams() >= STREAMS_OF_PROCESS)
    throw tooMany('As many streams as this server gives out are being read')
  open.set(caller, ofCaller + 1)
  let isFree = false
  return {
    free() {
      if (isFree) return
      isFree = true
      const left = (open.get(caller) ?? 1) - 1
      if (left === 0) open.delete(caller)
      else open.set(caller, left)
    },
  }
}

/** Streams that this process gives out now. */
export function countOpenStreams(): number {
  let count = 0
  for (const ofCaller of open.values()) count += ofCaller
  return count
}

const tooMany = (what: string) =>
  new Failure('limit_exceeded', `${what}, and no more are begun.`, {
    reason: 'too-many-streams',
    remedy: 'Read one to its end, or close it, and try again.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
