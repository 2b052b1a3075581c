import 'server-only'
import { Failure } from '#lib/domain/errors'
import { logger } from '../platform/logger'

/** A reader that takes nothing for so long is gone, whatever its connection says. */
const IDLE_MS = 120_000

/**
 * Answers with text as it comes, no faster than it is taken: at most the chunk at hand is held. Leaving ends its source, and so
 * does taking nothing for two minutes; a failure of the source breaks the connection.
 */
export function streamText(
  chunks: AsyncGenerator<string, void>,
  headers: HeadersInit,
  idleMs = IDLE_MS,
): Response {
  const encoder = new TextEncoder()
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
          controller.enqueue(encoder.encode(next.value))
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
  return new Response(body, {
    headers: { 'cache-control': 'no-store', ...Object.fromEntries(new Headers(headers)) },
  })
}

const tooSlow = (idleMs: number) =>
  new Failure('limit_exceeded', `Nothing was taken of the stream for ${idleMs} ms.`, {
    reason: 'slow-reader',
  })
