import type * as z from 'zod'

/** What a shape expects where a value has parts. */
const PARTED: ReadonlySet<unknown> = new Set(['array', 'object', 'record'])

/**
 * Leaves out null in place of a text, a number or a switch where a shape takes none: clients send it for what they do not set.
 * In place of a list or an object it stays, to be refused: it says neither that all of it stays nor that it is empty.
 * @example leaveOutNulls({ name: 'line', comment: null, params: null }, shape) // { name: 'line', params: null }
 */
export function leaveOutNulls(json: unknown, shape: z.ZodType): unknown {
  const issues = shape.safeParse(json).error?.issues ?? []
  const paths = issues.flatMap((issue) => {
    const isParted = 'expected' in issue && PARTED.has(issue.expected)
    const isElement = typeof issue.path.at(-1) !== 'string'
    return isParted || isElement || at(json, issue.path) !== null ? [] : [issue.path]
  })
  if (paths.length === 0) return json
  const copy: unknown = structuredClone(json)
  for (const path of paths) {
    const holder = at(copy, path.slice(0, -1))
    if (isParted(holder)) delete holder[path.at(-1) ?? '']
  }
  return copy
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, step) => (isParted(inner) ? inner[step] : undefined), value)

const isParted = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null
