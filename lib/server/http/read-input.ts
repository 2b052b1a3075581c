import 'server-only'
import type { z } from 'zod'
import { Failure } from '#lib/domain/errors'

const BODY_LIMIT_BYTES = 2 * 1024 * 1024
/** So much beyond the limit is read and dropped: who is still sending would not hear why it is refused. */
const DROPPED_BYTES = 16 * 1024 * 1024
/** Far above what any of our schemas describes. */
const DEPTH_LIMIT = 64
/** A body of a million wrong elements is answered with the first few. */
const ISSUES_TOLD = 50

/** @throws Failure `validation_failed` when the body is too large, or no JSON in UTF-8 */
export async function readJsonBody(request: Request): Promise<unknown> {
  return parseJson(await readBytes(request, BODY_LIMIT_BYTES))
}

/** An empty body is an empty object. @throws Failure `validation_failed` when it is no JSON in UTF-8 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
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

/** @throws Failure `validation_failed` with one issue per wrong field */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, part: string): z.output<S> {
  refuseUnstorable(input, part)
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Failure('validation_failed', `The ${part} of the request is not valid.`, {
    reason: 'invalid-input',
    issues: parsed.error.issues.slice(0, ISSUES_TOLD).map((issue) => ({
      reason: issue.code,
      message: issue.message,
      path: issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    })),
  })
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair, in text or JSON: whatever the field, it could not be stored. */
function refuseUnstorable(input: unknown, part: string): void {
  const waiting: [value: unknown, depth: number][] = [[input, 0]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next
    if (depth > DEPTH_LIMIT) throw unstorable(`The ${part} of the request is nested too deeply.`, 'too-deep')
    if (typeof value === 'string') requireStorable(value, part)
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        requireStorable(name, part)
        waiting.push([inner, depth + 1])
      }
    }
  }
}

function requireStorable(text: string, part: string): void {
  if (text.isWellFormed() && !text.includes('\0')) return
  throw unstorable(`The ${part} of the request holds a character that is not text.`, 'not-text')
}

const unstorable = (message: string, reason: string) => new Failure('validation_failed', message, { reason })
