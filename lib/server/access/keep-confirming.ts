import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { logger } from '../platform/logger'
import { Denied, recordDenial } from './authorize'
import type { Context } from './caller'

export interface ConfirmTimes {
  /** How often is asked again whether a right still stands. */
  everyMs: number
  /** A right that could not be confirmed for this long ends: others may have taken it away meanwhile. */
  unconfirmedMs: number
}

/** A revoked right ends within 5 s. */
const TIMES: ConfirmTimes = { everyMs: 2_000, unconfirmedMs: 10_000 }

/** A right that is asked for again and again while work goes on. */
export interface ConfirmedRight {
  /** Aborted, with the failure to throw, when the right has ended or could not be confirmed for too long. */
  readonly signal: AbortSignal
  /** Waits until the right is known to have stood less than `withinMs` ago. @throws what ended it, or why `ctx.signal` was aborted */
  confirmed(withinMs: number): Promise<void>
  stop(): void
}

/** Asks again and again whether a right that was just granted still stands, one question at a time, until it is stopped. */
export function keepConfirming(
  ctx: Context,
  confirm: () => Promise<unknown>,
  { everyMs, unconfirmedMs }: ConfirmTimes = TIMES,
): ConfirmedRight {
  const [ended, stopped] = [new AbortController(), new AbortController()]
  const over = AbortSignal.any([stopped.signal, ended.signal])
  let stoodAt = performance.now()
  let answer = Promise.withResolvers<void>()
  const silence = setTimeout(() => ended.abort(unconfirmed()), unconfirmedMs).unref()
  const ask = async () => {
    const askedAt = performance.now()
    try {
      await confirm()
      stoodAt = askedAt
      silence.refresh()
    } catch (error) {
      // Work that is done needs no right any more, so nothing was refused.
      if (!over.aborted) await refuse(ctx, error, ended)
    }
    answer.resolve()
    answer = Promise.withResolvers()
  }
  const askAgain = async () => {
    while (!over.aborted) {
      await sleep(everyMs, undefined, { signal: over, ref: false }).catch(() => {})
      if (!over.aborted) await ask()
    }
    clearTimeout(silence)
  }
  void askAgain()
  const left = AbortSignal.any([ctx.signal, over])
  return {
    signal: ended.signal,
    async confirmed(withinMs) {
      while (performance.now() - stoodAt > withinMs) {
        ended.signal.throwIfAborted()
        left.throwIfAborted()
        await orAborted(answer.promise, left)
      }
    },
    stop: () => stopped.abort(),
  }
}

/** Waits for a promise, or until a signal is aborted. */
async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>()
  const stop = () => aborted.resolve()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function refuse(ctx: Context, error: unknown, ended: AbortController): Promise<void> {
  if (error instanceof Denied) {
    // A refusal that could not be recorded ends the permit all the same.
    ended.abort(await recordDenial(ctx, error).catch((failure: unknown) => failure))
  } else if (error instanceof Failure && error.kind !== 'unavailable') ended.abort(error)
  else logger.warn({ err: error, requestId: ctx.requestId }, 'a permit could not be checked again')
}

const unconfirmed = () =>
  new Failure('unavailable', 'Whether you may still do this could not be checked.', {
    reason: 'permit-unconfirmed',
    remedy: 'Try again in a moment.',
    retryAfterSeconds: 5,
  })
