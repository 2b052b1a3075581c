import { isSealedNumber } from '../exact-json'

/** What is wrong with the shape of a value, as zod tells it. */
interface ShapeIssue {
  message: string
  code?: string | undefined
  /** The shape that was expected. */
  expected?: unknown
  values?: unknown
}

/**
 * Says in words what is wrong with the shape of a JSON text at a place.
 * @example sayShape(['params', 'path'], { message: '…', code: 'invalid_type', expected: 'string' }, { params: { path: 1 } })
 * // "params.path has to be a text, and is a number."
 */
export function sayShape(path: readonly PropertyKey[], issue: ShapeIssue, json: unknown): string {
  const place = path.map(String).join('.') || 'A dataset'
  const found = nameOf(path.reduce<unknown>(stepInto, json))
  if (issue.code === 'invalid_type') {
    const expected = EXPECTED[String(issue.expected)] ?? `a ${String(issue.expected)}`
    return found === null
      ? `${place} is missing: it has to be ${expected}.`
      : `${place} has to be ${expected}, and is ${found}.`
  }
  if (issue.code === 'invalid_value' && Array.isArray(issue.values))
    return `${place} has to be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}.`
  return `${place}: ${issue.message}`
}

const EXPECTED: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
  null: 'null',
}

function stepInto(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return (value as Record<PropertyKey, unknown>)[step]
}

/** What a value is; null where there is none. */
function nameOf(value: unknown): string | null {
  if (value === undefined) return null
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (isSealedNumber(value)) return 'a number with more digits than are kept here'
  return (
    { string: 'a text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'an object'
  )
}
