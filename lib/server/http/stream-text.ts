import 'server-only'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Failure } from '#lib/domain/errors'
import { logger } from '../platform/logger'

/** A reader that takes nothing for so long is gone, whatever its connection says. */
const IDLE_MS = 120_000

/** Next drops `content-encoding` from answers; our HTTP server makes it of this (bin/web/headers.mjs). */
export const BODY_ENCODING = 'x-body-encoding'

export interface StreamOptions {
  /** Whether the caller asked for gzip. */
  gzip?: boolean
  idleMs?: number
}

/** As UTF-8 already, or still to be encoded. */
type Text = string | Uint8Array

/**
 * Answers with text as it comes, no faster than it is taken: at most the chunk at hand is held. Leaving ends its source, and so
 * does taking nothing for two minutes; a failure of the source breaks the connection.
 */
export function streamText(
  texts: AsyncGenerator<Text, void>,
  headers: HeadersInit,
  { gzip = false, idleMs = IDLE_MS }: StreamOptions = {},
): Response {
  const chunks = gzip ? gzipTexts(texts) : encodeTexts(texts)
  let idle: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(idle)
    chunks.return().catch((err: unknown) => logger.warn({ err }, 'a stream did not end in order'))
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(idle)
        try {
          const next = await chunks.next()
          if (next.done === true) {
            controller.close()
            return
          }
          controller.enqueue(next.value)
          idle = setTimeout(() => {
            controller.error(tooSlow(idleMs))
            end()
          }, idleMs)
          idle.unref()
        } catch (error) {
          controller.error(error)
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

/** Whether a caller's own headers ask for gzip: `accept-encoding: gzip, br;q=0.5`. */
export function acceptsGzip({ headers }: Request): boolean {
  const offers = (headers.get('accept-encoding') ?? '').split(',').map((offer) => offer.trim().toLowerCase())
  return offers.some((offer) => /^gzip(?!\s*;\s*q=0(?:\.0*)?$)\s*(;|$)/.test(offer))
}

async function* encodeTexts(texts: AsyncGenerator<Text, void>): AsyncGenerator<Uint8Array, void> {
  for await (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text
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
