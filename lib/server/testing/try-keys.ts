import 'server-only'
import { isDeepStrictEqual } from 'node:util'

export type Path = (string | number)[]

export interface Told {
  status: number
  text: string
}

/** A body that clients save, and how what became of it is read. */
export interface Writing {
  body: Record<string, unknown>
  /** Saves another one, each as if nothing had been saved before. */
  save: (body: unknown) => Promise<Told>
  /** What stands of what was saved last; of what was refused, what stood before. */
  read: () => Promise<unknown>
}

const UNKNOWN = 'onlyClientsKnow'
/** Of every type, with what a merge would lose. */
const UNKNOWN_VALUE = { list: [1, null, { deep: false }], text: '', none: null }

/** One value of each type, and a few that are read as another one. */
const WRONG_TYPES: unknown[] = [null, true, 1.5, '', ['a'], { a: 1 }]
const OTHERS: Record<string, unknown[]> = { string: ['other'], number: [7], boolean: [true, false] }

/**
 * Adds a key that nobody knows at every level: it comes back as it was sent, or is refused by its path or that of what holds it. Gives those of which neither
 * is true.
 */
export async function tryUnknownKeys({ body, save, read }: Writing): Promise<string[]> {
  const faults: string[] = []
  for (const place of [[], ...pathsIn(body)].filter((path) => isObject(valueAt(body, path)))) {
    const path = [...place, UNKNOWN]
    const { status, text } = await save(withValueAt(body, path, UNKNOWN_VALUE))
    if (status < 300) {
      const stands = valueAt(await read(), path)
      if (!isDeepStrictEqual(stands, UNKNOWN_VALUE))
        faults.push(`${path.join('.')} was taken, and came back as ${JSON.stringify(stands)}`)
    } else if (status >= 500 || !text.includes(place.join('.') || UNKNOWN)) {
      faults.push(`${path.join('.')}: ${status} ${text.slice(0, 300)}`)
    }
  }
  return faults
}

/**
 * Puts each wrong type, and other values of the right one, at every known key: what is taken is what stands afterwards, and what is
 * refused is refused by the path of the field, or of one around it. Gives what is neither.
 * @param saved what a value that is taken comes back as; null and an empty name ask for nothing
 */
export async function tryKnownKeys(
  { body, save, read }: Writing,
  saved: (path: string, value: unknown, before: unknown) => unknown[],
): Promise<string[]> {
  const faults: string[] = []
  for (const path of pathsIn(body)) {
    const before = valueAt(body, path)
    for (const value of [...WRONG_TYPES, ...(OTHERS[typeof before] ?? [])]) {
      const { status, text } = await save(withValueAt(body, path, value))
      const said = `${path.join('.')} = ${JSON.stringify(value)}`
      if (status < 300) {
        const stands = valueAt(await read(), path)
        const wanted = [
          ...(value === null ? [before, null] : [value]),
          ...saved(path.join('.'), value, before),
        ]
        if (!wanted.some((one) => isDeepStrictEqual(one, stands)))
          faults.push(`${said} was taken, and came back as ${JSON.stringify(stands)}`)
      } else if (status >= 500 || !path.some((step) => text.includes(String(step)))) {
        faults.push(`${said}: ${status} ${text.slice(0, 300)}`)
      }
    }
  }
  return faults
}

/** Where anything stands in a value: `[["params"], ["params", "path"], …]`. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key]
    return [place, ...pathsIn(inner, place)]
  })
}

/** What stands at a place. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isParted(inner) ? inner[key] : undefined), value)

/** A copy with another value at a place. */
export function withValueAt(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other
  const copy: unknown = structuredClone(value)
  if (isParted(copy)) copy[key] = withValueAt(copy[key], rest, other)
  return copy
}

/** A copy without what stands at a place. */
export function withoutValueAt(value: unknown, path: Path): unknown {
  const copy: unknown = structuredClone(value)
  const holder = valueAt(copy, path.slice(0, -1))
  if (isParted(holder)) delete holder[path.at(-1) ?? '']
  return copy
}

const isParted = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null

const isObject = (value: unknown) => isParted(value) && !Array.isArray(value)
