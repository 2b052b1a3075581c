import { type Dimension, findNameProblem } from '../dimensions'
import { escapeForPattern } from '../pattern/path-pattern'

/** The kinds of Dataiku nodes: folders named after them, and nothing else, are called `node_type`. */
const NODE_TYPES = new Set(['design', 'automation', 'api', 'deployer', 'govern'])
const REGION = /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov)-[a-z]{4,10}-\d$/
const ACCOUNT = /^\d{12}$/
const WEEK = /^(?:\d{4}[-_]?)?W\d\d$/
const QUARTER = /^(?:\d{4}[-_]?)?Q[1-4]$/i
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)$/i
const LONG_MONTH = /^(?:january|february|march|april|june|july|august|september|october|november|december)$/i
const VERSION = /^v\d+(?:\.\d+)*$/i
/** Ids, which chance or a counter made: eight digits to base 16 with a numeral, or five numerals. */
const ID = /(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{8,}(?![0-9a-z])|\d{5}/i
/** Folders that spread files over a store, by the first digits of a hash. */
const SHARD = /^[0-9a-f]{1,2}$/
const LEAST_SHARDS = 12
/** Names that differ more than this, and seldom recur, tell files apart and not kinds of files. */
const MOST_VALUES = 50
/** Folders above dates hold many files, also where a sample shows each but once: they may be more. */
export const MOST_ABOVE_DATES = 200
/** More ids than this that seldom recur are of files. */
const MOST_IDS = 3

/** The key of a folder named `key=value`, or null. */
export function hiveKey(folder: string): string | null {
  return /^([^=]+)=.+$/s.exec(folder)?.[1] ?? null
}

/**
 * A level of folders as a pattern: a dimension, added to `dimensions`, if its names differ or tell what they are,
 * otherwise its name as it is. `count` says how many paths have those names, `most` how many may be values without recurring.
 */
export function describeLevel(
  names: ReadonlySet<string>,
  count: number,
  dimensions: Dimension[],
  hint: string | undefined,
  most = MOST_VALUES,
): string {
  const [first = ''] = names
  const key = hiveKey(first)
  const known = key === null ? knownName(names) : null
  if (hint === undefined && key === null && known === null) {
    if (names.size === 1) return escapeForPattern(first)
    if (!areFew(names, count, most)) return '[^/]+'
  }
  const wanted = hint ?? (key !== null ? nameOfKey(key) : (known ?? 'dimension'))
  const name = freeName(wanted, dimensions)
  dimensions.push({ name, type: 'value' })
  return `${key === null ? '' : `${escapeForPattern(key)}=`}%{${name}}`
}

/** A key as a name that a dimension may have; of a key in another script nothing is left that would tell it. */
function nameOfKey(key: string): string {
  if (!/[A-Za-z0-9]/.test(key)) return 'dimension'
  const name = key.replace(/[^A-Za-z0-9_-]+/g, '_')
  const named = findNameProblem(name)?.reason === 'dimension-name-reserved' ? `${name}_key` : name
  return findNameProblem(named) === null ? named : 'dimension'
}

/**
 * What file names have before their date, as a pattern: what all of them share, and between that a dimension where the
 * rest are few that recur: `app-`, `web-` become `%{dimension}-`.
 */
export function describePrefix(
  { prefixes, count, areRepeated }: Prefixes,
  dimensions: Dimension[],
  hint: string | undefined,
): string {
  const [first = ''] = prefixes
  if (prefixes.size === 1) return escapeForPattern(first)
  const last = first.at(-1) ?? ''
  const joint = /[-_.]/.test(last) && [...prefixes].every((prefix) => prefix.endsWith(last)) ? last : ''
  const { head, tail } = sharedEnds([...prefixes], joint)
  const middles = new Set(
    [...prefixes].map((prefix) => prefix.slice(head.length, prefix.length - tail.length)),
  )
  // Numbers that hardly recur tell files apart, and a folder's name is told already.
  const tells = !areRepeated && (middles.size * 2 <= count || ![...middles].every(isNumber))
  const isValue =
    joint !== '' && tells && areFew(middles, count) && [...middles].every((middle) => middle !== '')
  if (!isValue) return `${escapeForPattern(head)}[^/]*${escapeForPattern(tail)}`
  const name = freeName(hint ?? knownName(middles) ?? 'dimension', dimensions)
  dimensions.push({ name, type: 'value' })
  return `${escapeForPattern(head)}%{${name}}${escapeForPattern(tail)}`
}

/** What stands before a date in how many names, and whether that is the name of the folder above. */
interface Prefixes {
  prefixes: ReadonlySet<string>
  count: number
  areRepeated: boolean
}

/** How all texts begin and end, up to a joint: words are not taken apart. */
function sharedEnds(texts: readonly string[], joint: string): { head: string; tail: string } {
  const [first = ''] = texts
  const shortest = texts.reduce((least, text) => Math.min(least, text.length), first.length)
  let head = 0
  while (head < shortest && texts.every((text) => text[head] === first[head])) head++
  head = joint === '' ? 0 : first.lastIndexOf(joint, head - 1) + 1
  if (head > shortest - joint.length) head = 0
  let tail = 0
  while (tail < shortest - head && texts.every((text) => text.at(-1 - tail) === first.at(-1 - tail))) tail++
  const end = first.slice(first.length - tail)
  const from = joint === '' ? -1 : end.indexOf(joint)
  return { head: first.slice(0, head), tail: from === -1 ? '' : end.slice(from) }
}

/** Whether plain names below a date are kinds that recur, and no numbers. */
export function doRecur(names: ReadonlySet<string>, count: number): boolean {
  return names.size >= 2 && names.size * 3 <= count && areFew(names, count) && ![...names].some(isNumber)
}

const isNumber = (name: string) => /^\d+$/.test(name)

/** Whether names are weeks, quarters or months, which no specifier reads. */
export const isPartOfYear = (names: ReadonlySet<string>): boolean =>
  ['week', 'quarter', 'month'].includes(knownName(names) ?? '')

function areFew(names: ReadonlySet<string>, count: number, most = MOST_VALUES): boolean {
  if (names.size >= LEAST_SHARDS && [...names].every((name) => SHARD.test(name))) return false
  if (names.size * 2 <= count) return true
  return names.size <= most && (names.size <= MOST_IDS || ![...names].every((name) => ID.test(name)))
}

/** The name of what all of these obviously are, or null. */
export function knownName(names: ReadonlySet<string>): string | null {
  const are = (test: (name: string) => boolean) => [...names].every(test)
  if (are((name) => NODE_TYPES.has(name))) return 'node_type'
  if (are((name) => REGION.test(name))) return 'region'
  if (are((name) => WEEK.test(name))) return 'week'
  if (are((name) => QUARTER.test(name))) return 'quarter'
  if (are((name) => MONTH.test(name) || LONG_MONTH.test(name))) return 'month'
  if (names.size <= 1) return null
  if (are((name) => VERSION.test(name))) return 'version'
  return are((name) => ACCOUNT.test(name)) ? 'account' : null
}

/** A name that no dimension has: `date`, then `date_2`. */
export function freeName(wanted: string, dimensions: readonly Dimension[]): string {
  const isTaken = (name: string) =>
    dimensions.some((dimension) => dimension.name.toLowerCase() === name.toLowerCase())
  let name = wanted
  for (let count = 2; isTaken(name); count++) name = `${wanted}_${count}`
  return name
}
