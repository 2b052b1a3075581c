import 'server-only'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Failure } from '#lib/domain/errors'
import type { Context } from '../access/caller'
import { logger } from '../platform/logger'
import { countUnsentBytes } from '../platform/unsent-bytes'
import { ReaderWatch } from './reader-watch'

/** A reader that takes nothing for so long is gone, whatever its connection says. */
const IDLE_MS = 120_000

/** What is written at once, so that a reader who takes little is seen to take it. */
const PIECE_BYTES = 192 * 1024

const UNASKED_MS = 10_000

/** Next drops `content-encoding` from answers; our HTTP server makes it of this (bin/web/headers.mjs). */
export const BODY_ENCODING = 'x-body-encoding'

/** Put on each request by our HTTP server (bin/web/headers.mjs). */
const PORTS_HEADER = 'x-ports'

export interface StreamOptions {
  /** Whether the caller asked for gzip. */
  gzip?: boolean
  idleMs?: number
  /** How long an answer may wait for its first byte to be asked for. */
  unaskedMs?: number
  /** For the log. */
  requestId?: string
  /** The ports of the connection, ours first: `"3000-51234"`. */
  ports?: string | undefined
  /** Is told why the stream ends, when its reader took nothing for too long. */
  onSlow?: (failure: Failure) => void
}

/** As UTF-8 already, or still to be encoded. */
type Text = string | Uint8Array

/** Where a stream comes from. */
export interface TextSource {
  /** Whether the caller may have it: throws as `open` would. */
  may: (ctx: Context) => Promise<unknown>
  open: (ctx: Context) => Promise<AsyncGenerator<Text, void>>
}

/**
 * Answers a request with a stream. HEAD opens none: nobody would read or end it. A reader who is too slow is told to the
 * source by `ctx.signal`, so that it can keep the reason.
 */
export async function answerStream(
  request: Request,
  ctx: Context,
  { may, open }: TextSource,
  headers: HeadersInit,
  options: Pick<StreamOptions, 'gzip' | 'idleMs'> = {},
): Promise<Response> {
  if (request.method === 'HEAD') {
    await may(ctx)
    return new Response(null, { headers })
  }
  const slow = new AbortController()
  const texts = await open({ ...ctx, signal: AbortSignal.any([ctx.signal, slow.signal]) })
  const onSlow = (failure: Failure) => slow.abort(failure)
  const ports = request.headers.get(PORTS_HEADER) ?? undefined
  return streamText(texts, headers, { ...options, requestId: ctx.requestId, ports, onSlow })
}

/**
 * Answers with text as it comes, no faster than it is taken: at most the chunk at hand is held. Leaving ends its source, and so
 * does taking nothing for two minutes, or never beginning to; a failure of the source breaks the connection.
 */
export function streamText(
  texts: AsyncGenerator<Text, void>,
  headers: HeadersInit,
  { gzip = false, idleMs = IDLE_MS, unaskedMs = UNASKED_MS, requestId, ports, onSlow }: StreamOptions = {},
): Response {
  const chunks = gzip ? gzipTexts(texts) : encodeTexts(texts)
  let isOver = false
  let unasked: NodeJS.Timeout | undefined
  let watch: ReaderWatch | undefined
  const end = () => {
    isOver = true
    clearTimeout(unasked)
    watch?.stop()
    // One that was never asked for anything does not reach what it was made of.
    for (const ended of [chunks.return(), texts.return()])
      ended.catch((err: unknown) => logger.warn({ err, requestId }, 'a stream did not end in order'))
  }
  const giveUp = (controller: ReadableStreamDefaultController, ms: number) => {
    const failure = tooSlow(ms)
    onSlow?.(failure)
    breakOff(controller, failure, requestId)
    end()
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        unasked = setTimeout(giveUp, unaskedMs, controller, unaskedMs).unref()
        watch = new ReaderWatch({
          idleMs,
          countUnsent: async () => (ports === undefined ? undefined : countUnsentBytes(ports)),
          onIdle: () => giveUp(controller, idleMs),
        })
      },
      async pull(controller) {
        clearTimeout(unasked)
        watch?.stop()
        try {
          const next = await chunks.next()
          if (isOver) return
          if (next.done === true) {
            controller.close()
            return
          }
          controller.enqueue(next.value)
          watch?.begin()
        } catch (error) {
          if (!isOver) breakOff(controller, error, requestId)
        }
      },
      cancel: end,
    },
    // Nothing is read before it is asked for.
    { highWaterMark: 0 },
  )
  const all = new Headers(headers)
  // Clients that read the bytes as they come could not unpack them: nobody on the way may compress what was not asked for.
  all.set('cache-control', 'no-store, no-transform')
  if (gzip) all.set(BODY_ENCODING, 'gzip')
  return new Response(body, { headers: all })
}

/** Breaks the connection, which is all that can still be said to the reader, and logs why. */
function breakOff(
  controller: ReadableStreamDefaultController,
  cause: unknown,
  requestId: string | undefined,
): void {
  const isExpected = cause instanceof Failure
  logger[isExpected ? 'warn' : 'error']({ err: cause, requestId }, 'a stream broke off')
  const error = new Error(cause instanceof Error ? cause.message : 'a stream broke off', { cause })
  // By any other name Next logs it too, with its stack and without the request.
  error.name = 'AbortError'
  controller.error(error)
}

/** Whether a caller's own headers ask for gzip: `accept-encoding: gzip, br;q=0.5`. */
export function acceptsGzip({ headers }: Request): boolean {
  const offers = (headers.get('accept-encoding') ?? '').split(',').map((offer) => offer.trim().toLowerCase())
  return offers.some((offer) => /^gzip(?!\s*;\s*q=0(?:\.0*)?$)\s*(;|$)/.test(offer))
}

async function* encodeTexts(texts: AsyncGenerator<Text, void>): AsyncGenerator<Uint8Array, void> {
  for await (const text of texts) {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text
    // As it is: bytes may ask to be told when they are sent.
    if (bytes.length > 0 && bytes.length <= PIECE_BYTES) yield bytes
    else for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
  }
}

async function* gzipTexts(texts: AsyncGenerator<Text, void>): AsyncGenerator<Uint8Array, void> {
  const packed = createGzip()
  // An abandoned source is told by the pipeline; its failure comes out of the packed bytes.
  const feeding = pipeline(Readable.from(texts, { highWaterMark: 1 }), packed).catch(() => undefined)
  try {
    for await (const bytes of packed) yield bytes as Buffer
  } finally {
    packed.destroy()
    await feeding
  }
}

const tooSlow = (idleMs: number) =>
  new Failure('limit_exceeded', `Nothing was taken of the stream for ${idleMs} ms.`, {
    reason: 'slow-reader',
  })
