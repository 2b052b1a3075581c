import 'server-only'
import type { z } from 'zod'
import { Failure } from '#lib/domain/errors'
import { toIssuePath } from '#lib/domain/issue-place'
import { sayShape } from '#lib/domain/say-shape'

/** Far above what any of our schemas describes. */
const DEPTH_LIMIT = 64
/** A body of a million wrong elements is answered with the first few. */
const ISSUES_TOLD = 50

/**
 * @param at where the input stands in what was sent, when it is a part of it: `["label"]`
 * @throws Failure `validation_failed` with one issue per wrong field
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  part: string,
  at: readonly string[] = [],
): z.output<S> {
  refuseUnstorable(input, part)
  const sent = at.reduceRight<unknown>((inner, step) => ({ [step]: inner }), input)
  const said = sayShape(sent, `The ${part}`, at)
  const parsed = schema.safeParse(input, { error: said })
  if (parsed.success) return parsed.data
  throw new Failure('validation_failed', `The ${part} of the request is not valid.`, {
    reason: 'invalid-input',
    issues: parsed.error.issues.slice(0, ISSUES_TOLD).map((issue) => ({
      reason: issue.code,
      message: issue.message,
      path: toIssuePath([...at, ...issue.path]),
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
    // Of a hundred thousand ids their places are no texts to look at.
    else if (Array.isArray(value)) for (const inner of value) waiting.push([inner, depth + 1])
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
