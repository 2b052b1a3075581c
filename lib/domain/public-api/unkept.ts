import type { Issue } from '../result'

/**
 * What a client adds to what it was given out, or changes of it, and nobody here would keep. Nothing of it is taken in silence;
 * null and what is empty asks for nothing.
 * @param given what is given out and does not change
 * @param taken names of the fields that are read
 * @param at where this part stands in what is sent
 */
export function unkeptIssues(
  sent: object,
  given: object,
  taken: Iterable<string>,
  at: readonly string[] = [],
): Issue[] {
  const read = new Set(taken)
  const known = new Map(Object.entries(given))
  return Object.entries(sent).flatMap(([key, value]): Issue[] => {
    if (read.has(key) || value === undefined || (value === null && !isParted(known.get(key)))) return []
    if (known.has(key) ? JSON.stringify(value) === JSON.stringify(known.get(key)) : isEmpty(value)) return []
    const message = known.has(key)
      ? `${key} cannot be changed here. Send it back as it was given, or leave it out.`
      : `${key} has no place here, and would be lost. Leave it out.`
    return [{ reason: 'not-kept', message, path: [...at, key] }]
  })
}

/** A list or an object is not made empty by null. */
const isParted = (value: unknown): boolean => typeof value === 'object' && value !== null

const isEmpty = (value: unknown): boolean =>
  value === '' || value === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0)
