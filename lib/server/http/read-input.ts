import 'server-only'
import type { z } from 'zod'
import { Failure } from '#lib/domain/errors'

const BODY_LIMIT_BYTES = 2 * 1024 * 1024

export async function readJsonBody(request: Request): Promise<unknown> {
  const text = await readText(request, BODY_LIMIT_BYTES)
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure(
      'validation_failed',
      'The body of the request is not JSON.',
      { reason: 'not-json' },
      { cause },
    )
  }
}

async function readText(request: Request, limitBytes: number): Promise<string> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > limitBytes) {
      throw new Failure('validation_failed', `The body of the request is larger than ${limitBytes} bytes.`, {
        reason: 'body-too-large',
      })
    }
    chunks.push(chunk)
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks))
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
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Failure('validation_failed', `The ${part} of the request is not valid.`, {
    reason: 'invalid-input',
    issues: parsed.error.issues.map((issue) => ({
      reason: issue.code,
      message: issue.message,
      path: issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    })),
  })
}
