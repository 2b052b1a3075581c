import 'server-only'

/** As JSON spells a NUL and half of a surrogate pair. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i

/**
 * What PostgreSQL keeps of a JSON value: neither a NUL nor half of a surrogate pair, which texts of files may hold. U+FFFD takes
 * their places.
 * @example storable({ excerpt: 'a\0b' }) // { excerpt: 'a\ufffdb' }
 */
export function storable<T>(value: T): T {
  return UNSTORABLE.test(JSON.stringify(value) ?? '') ? (replaceIn(value) as T) : value
}

function replaceIn(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(replaceIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storableText(name), replaceIn(inner)]),
  )
}

const storableText = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()
