import type { JsonSchema, OpenApiDocument, Operation } from '../../lib/domain/openapi/document'
import { exampleOf } from '../../lib/domain/openapi/print-schema'
import { ODD_TEXTS, ODD_VALUES, pathsIn, withValueAt } from './odd-values'

/** Pieces of an address as they go over the wire: malformed escapes, parts that name no resource, bytes beyond ASCII. */
const RAW_PIECES = [
  '%ff',
  '%E0%A4%A',
  '%ED%A0%80',
  '%',
  '%0',
  '%zz',
  '.',
  '..',
  '%2e',
  '%2e%2E',
  '.%2e',
  '%2f..%2f',
  '%00',
  '%0d%0a',
  '\u00ff',
  '\u00e9\u0080',
  '|{}^`"<>',
]
/** Bytes that no request line may hold; they end the request before anyone reads it. */
const NO_HTTP_PIECES = ['\u0000', ' ', '\t', '\u007f', '\r', '\u00a0 \u0085', ' HTTP/9.9 ']
const ODD_METHODS = ['PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']
const MOST_DEPTH = 5

/**
 * Requests by chance from a seed (mulberry32), near enough to the declared shapes to get past their beginnings.
 * @param whole bodies of operations that declare few of the keys they read, by `"put /dip/…"`: sent with one value changed
 */
export function createFuzz(
  seed: number,
  document: OpenApiDocument,
  known: Record<string, string>,
  whole: Record<string, unknown> = {},
) {
  const schemas = document.components?.schemas ?? {}
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(random() * count)
  const chance = (of: number) => random() < of
  const pick = <T>(values: readonly T[]) => values[below(values.length)] as T

  function value(schema: JsonSchema, depth = 0): unknown {
    if (chance(0.08)) return pick(ODD_VALUES)
    const ref = schema.$ref && schemas[schema.$ref.split('/').at(-1) ?? '']
    if (ref) return value(ref, depth)
    if (depth > MOST_DEPTH) return exampleOf(schema, schemas)
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return pick(schema.enum)
    const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
    if (choices) return value(pick(choices), depth)
    const [type] = [schema.type].flat()
    if (type === 'array') return Array.from({ length: below(4) }, () => value(schema.items ?? {}, depth + 1))
    if (type === 'object' || schema.properties) return object(schema, depth)
    if (type === 'boolean') return chance(0.5)
    if (type === 'integer' || type === 'number') return below(5)
    return type === 'string' ? text() : pick(ODD_VALUES)
  }

  function object({ properties = {}, required = [] }: JsonSchema, depth: number): object {
    const entries = Object.entries(properties)
      .filter(([name]) => chance(required.includes(name) ? 0.95 : 0.5))
      .map(([name, one]) => [name, name in known && chance(0.7) ? known[name] : value(one, depth + 1)])
    if (chance(0.1)) entries.push([pick(ODD_TEXTS), pick(ODD_VALUES)])
    return Object.fromEntries(entries)
  }

  function bodyOf(id: string, schema: JsonSchema): unknown {
    if (chance(0.03)) return pick(['{', '', '[]', 'nul'])
    if (!(id in whole) || chance(0.2)) return value(schema)
    return withValueAt(whole[id], pick(pathsIn(whole[id])), pick(ODD_VALUES))
  }

  const text = () => (chance(0.3) ? pick(Object.values(known)) : oddText())

  const oddText = () => pick(ODD_TEXTS)

  function methodLike(method: string): string {
    if (chance(0.01)) return pick(ODD_METHODS)
    return method === 'GET' && chance(0.2) ? 'HEAD' : method
  }

  /** An escaped piece of an address; what no escape can hold is left as its replacement. */
  const escapePiece = (piece: string) =>
    chance(0.05) ? pick(RAW_PIECES) : encodeURIComponent(piece.toWellFormed())

  return {
    below,
    pick,
    chance,
    /** The beginning of a request that is none. */
    garble: (line: string) => {
      const at = below(line.length)
      return `${line.slice(0, at)}${pick(NO_HTTP_PIECES)}${line.slice(at)}`
    },
    /** One request; `strange` names none of what is there. */
    request({ id, method, path, parameters, requestBody }: Operation, strange = false) {
      const names = strange ? {} : known
      const address = chance(0.1) ? path.replace(/^\/dip\/publicapi/, '/public/api') : path
      const target = address.replace(/\{([^}]+)\}/g, (_, name: string) =>
        escapePiece(chance(0.6) ? (names[name] ?? (oddText() || '-')) : oddText() || '-'),
      )
      const query = parameters
        .filter((one) => one.in === 'query' && chance(one.required ? 0.9 : 0.4))
        .map(({ name, schema = {} }) => {
          const given = value(schema)
          return `${escapePiece(name)}=${escapePiece(typeof given === 'string' ? given : JSON.stringify(given))}`
        })
      const schema = requestBody?.content['application/json']?.schema
      const body = schema ? bodyOf(id, schema) : undefined
      return {
        method: methodLike(method.toUpperCase()),
        target: `${target}${chance(0.2) ? '/' : ''}${query.length > 0 ? `?${query.join('&')}` : ''}`,
        ...(body === undefined ? {} : { body }),
      }
    },
  }
}
