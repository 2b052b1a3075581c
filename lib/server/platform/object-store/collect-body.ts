import 'server-only'
import type { Readable } from 'node:stream'

/** An answer, or its next bytes, that did not come in time. */
export class AnswerTimeout extends Error {
  override name = 'AnswerTimeout'
  readonly code = 'ANSWER_TIMEOUT'
}

/** The answer is larger than one of its kind can be. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge'
  readonly code = 'ANSWER_TOO_LARGE'
}

/** Reads a whole body, at most `maxBytes` of it and for at most `withinMs`. */
export function collectBody(body: Readable, maxBytes: number, withinMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => body.destroy(new AnswerTimeout('the answer drips')), withinMs)
    body.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) body.destroy(new AnswerTooLarge(`more than ${maxBytes} bytes`))
      else chunks.push(chunk)
    })
    body.once('end', () => {
      clearTimeout(timer)
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
    })
    // Stays on: an error that comes later must not be unhandled.
    body.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
