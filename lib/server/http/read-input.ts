import 'server-only'
import { Failure } from '#lib/domain/errors'
import { parseExactJson } from '#lib/domain/exact-json'

const BODY_LIMIT_BYTES = 2 * 1024 * 1024
/** So much beyond the limit is read and dropped: who is still sending would not hear why it is refused. */
const DROPPED_BYTES = 16 * 1024 * 1024

/** How a body is read: 2 MiB at most unless told, with or without what JavaScript cannot hold. */
interface Reading {
  maxBodyBytes?: number | undefined
  keepsJson?: boolean | undefined
}

/** @throws Failure `validation_failed` when the body is too large, or no JSON in UTF-8 */
export async function readJsonBody(
  request: Request,
  { maxBodyBytes = BODY_LIMIT_BYTES, keepsJson = false }: Reading = {},
): Promise<unknown> {
  return parseJson(await readBytes(request, maxBodyBytes), keepsJson ? parseExactJson : JSON.parse)
}

/** An empty body is an empty object. @throws Failure `validation_failed` when it is no JSON in UTF-8 */
export function parseJson(bytes: Uint8Array, parse: (text: string) => unknown = JSON.parse): unknown {
  if (bytes.byteLength === 0) return {}
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new Failure(
      'validation_failed',
      'The body of the request is not JSON.',
      { reason: 'not-json' },
      { cause },
    )
  }
}

async function readBytes(request: Request, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size <= limitBytes) chunks.push(chunk)
    if (size > limitBytes + DROPPED_BYTES) break
  }
  if (size > limitBytes) {
    throw new Failure('validation_failed', `The body of the request is larger than ${limitBytes} bytes.`, {
      reason: 'body-too-large',
    })
  }
  return Buffer.concat(chunks)
}

/** Query parameters as an object; one that repeats becomes a list. */
export function readQuery(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URL(url).searchParams) {
    const before = query[name]
    query[name] = before === undefined ? value : [...[before].flat(), value]
  }
  return query
}
