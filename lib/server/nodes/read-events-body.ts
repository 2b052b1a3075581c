import 'server-only'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type SentEvent, splitEvents } from '#lib/domain/audit/split-events'
import { Failure } from '#lib/domain/errors'

const MAX_SENT_BYTES = 10 * 1024 * 1024
const MAX_INFLATED_BYTES = 100 * 1024 * 1024
const MAX_EVENTS = 10_000
const MAX_EVENT_BYTES = 1024 * 1024

const inflate = promisify(gunzip)

/**
 * Reads the events of a request: NDJSON or a JSON array, gzip allowed, each limit counted on the way.
 * @throws Failure `validation_failed`, naming the line where one is at fault
 */
export async function readEventsBody(request: Request): Promise<SentEvent[]> {
  const sent = await readBytes(request)
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  const events = splitEvents(decodeText(await decompress(sent, encoding)))
  if (!events.ok) throw refused(events.issues[0]?.message ?? 'The body cannot be read.', 'not-json')
  if (events.value.length > MAX_EVENTS) {
    throw refused(`A request holds at most ${MAX_EVENTS} events; this one has ${events.value.length}.`)
  }
  const tooLong = events.value.find(({ text }) => Buffer.byteLength(text) > MAX_EVENT_BYTES)
  if (tooLong) throw refused(`Line ${tooLong.place} is longer than ${MAX_EVENT_BYTES} bytes.`)
  return events.value
}

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > MAX_SENT_BYTES) throw refused(`A request is at most ${MAX_SENT_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0]
    ? Buffer.from(chunks[0].buffer, chunks[0].byteOffset, sizeBytes)
    : Buffer.concat(chunks)
}

async function decompress(sent: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === 'identity' || encoding === '') return sent
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw refused(`Content-Encoding "${encoding.slice(0, 40)}" is not understood; send gzip or nothing.`)
  }
  try {
    return await inflate(sent, { maxOutputLength: MAX_INFLATED_BYTES })
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    if (tooLarge) throw refused(`Inflated, a request is at most ${MAX_INFLATED_BYTES} bytes.`)
    throw refused('The body is not gzip, or it was cut short.', 'not-gzip')
  }
}

/** Decodes UTF-8 without repairing it: what a node sent is kept exactly or not at all. */
function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refused(`Line ${firstBrokenLine(bytes)} is not UTF-8.`, 'not-utf8')
  }
}

function firstBrokenLine(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start)
    const end = newline < 0 ? bytes.length : newline
    try {
      decoder.decode(bytes.subarray(start, end))
    } catch {
      return line
    }
    start = end + 1
  }
  return line
}

const refused = (message: string, reason = 'limit') =>
  new Failure('validation_failed', message, { reason, remedy: 'Nothing of this request was stored.' })
