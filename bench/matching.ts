import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { parsePathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { median } from './measure'
import type { Row } from './row'

const PATHS = 1_000_000
const PATHS_OF_IDS = 200_000
const ROUNDS = 5
const CHUNK = 20_000
const MINIMUM_PATHS_PER_SECOND = 200_000
const MAXIMUM_RATIO = 1.3
const NODE_TYPES = ['api', 'automation', 'deployer', 'design', 'govern']
const DIMENSIONS: Dimension[] = [
  { name: 'node_type', type: 'value' },
  { name: 'date', type: 'time', params: { period: 'DAY' } },
]
const DEFAULT_BY_HAND = /^\/([^/]+)\/(\d{4})\/(\d{2})\/(\d{2})\/.*$/s
const SUFFIX_BY_HAND = /^\/([^/]+)\/(\d{4})\/(\d{2})\/(\d{2})\/[0-9]+\/.*\.gz$/s
const TWO_BY_HAND = /^\/([^/]+)\/.*(\d{4})\/(\d{2})\/(\d{2})\/.*$/s

type Match = (path: string) => string | null

/** Patterns of any size, to be measured as large as they are accepted. */
const LARGEST: readonly [what: string, write: (size: number) => string][] = [
  ['optional parts', (size) => `/.*/%{node_type}/%Y/%M/%D/(?:[0-9]?[a-z]?-?){${size}}.*`],
  ['counted alternatives', (size) => `/.*/%{node_type}/%Y/%M/%D/(?:[a-f]?[0-9]|-|[a-f]){1,${size}}.*`],
  ['counted runs', (size) => `/${'.{0,40}[0-9]?'.repeat(size)}.*/%{node_type}/%Y/%M/%D/.*`],
  ['loops', (size) => `/${'(?:[0-9]+[a-f]+|-)*[0-9a-f]*'.repeat(size)}/%{node_type}/%Y/%M/%D/.*`],
]

/** Matching of 1,000,000 paths, beside a regular expression written by hand that makes the same ids. */
export async function run(): Promise<Row[]> {
  const sorted = makePaths()
  const shuffled = shuffle(sorted)
  const ids = makePathsOfIds()
  return [
    compareWithHand('default pattern, keys in listing order', sorted),
    compareWithHand('default pattern, keys in random order', shuffled),
    compareWithHand(
      'runs and a suffix, random order',
      shuffled,
      '/%{node_type}/%Y/%M/%D/[0-9]+/.*\\.gz',
      SUFFIX_BY_HAND,
    ),
    compareWithHand('two .*, random order', shuffled, '/%{node_type}/.*%Y/%M/%D/.*', TWO_BY_HAND),
    measureRate(
      'alternation after the specifiers',
      shuffled,
      '/%{node_type}/%Y/%M/%D/(?:[0-9]+|late)/.*(?:gz|json)',
    ),
    measureRate(
      'alternation between the specifiers',
      shuffled,
      '/%{node_type}/(?:hourly/|daily/)?%Y/%M/%D/.*',
    ),
    measureRate('ambiguous throughout', shuffled, '/[a-z]*%{node_type}/(?:.*/)?%Y/%M/%D/.*'),
    measureRate('Unicode properties', shuffled, '/\\p{L}*%{node_type}/%Y/%M/%D/\\p{N}+/[^\\p{Lu}]*z'),
    measureRate('repetition of what may be empty', shuffled, '/%{node_type}/(?:[a-z]*/?)*%Y/%M/%D/.*'),
    // Here hardly a place of a path is like one before, so that nothing that is kept is of use.
    measureRate('counted runs over ids', ids, '/.{5,60}[0-9].{12}[a-f].{3,40}/%{node_type}/%Y/%M/%D/.*'),
    measureRate(
      'runs counted to a thousand over ids',
      ids,
      '/.{36}/%{node_type}/%Y/%M/%D/.{0,1000}[0-9].{14}[a-f].{0,900}\\.gz',
    ),
    measureRate('optional parts, forty times', ids, '/.*/%{node_type}/%Y/%M/%D/(?:[0-9]?[a-z]?-?){40}\\..*'),
    measureRate(
      'a hundred optional parts in a row',
      ids,
      `/.*/%{node_type}/%Y/%M/%D/${'[0-9]?[a-f]?-?g?'.repeat(25)}.*`,
    ),
    measureRate('a list of 200 names', ids, `/.*(?:${listNames(200)}|)/%{node_type}/%Y/%M/%D/.*`),
    measureRate(
      'a list of 200 names, anywhere in a name',
      ids,
      `/.*/%{node_type}/%Y/%M/%D/.*(?:${listNames(200)}|).*`,
    ),
    ...LARGEST.map(([what, write]) => measureLargest(what, ids, write)),
  ]
}

function compareWithHand(
  what: string,
  paths: readonly string[],
  text = '/%{node_type}/%Y/%M/%D/.*',
  byHand = DEFAULT_BY_HAND,
): Row {
  const match = matcherOf(text)
  const times: number[] = []
  const references: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const [time, reference] = timeSideBySide(paths, match, (path) => matchByHand(byHand, path))
    times.push(time)
    references.push(reference)
  }
  const [figure, reference] = [median(times.sort(ascending)), median(references.sort(ascending))]
  const ratio = figure / reference
  return {
    what,
    figure: `${figure.toFixed(0)} ms`,
    reference: `${reference.toFixed(0)} ms`,
    ratio,
    target: `≤ ${MAXIMUM_RATIO} ×`,
    ok: ratio <= MAXIMUM_RATIO,
  }
}

function measureRate(what: string, paths: readonly string[], text: string): Row {
  const match = matcherOf(text)
  const figure = median([timeMs(paths, match), timeMs(paths, match), timeMs(paths, match)].sort(ascending))
  const rate = (paths.length / figure) * 1000
  return {
    what,
    figure: `${Math.round(rate).toLocaleString('en-US')} paths/s`,
    reference: `${MINIMUM_PATHS_PER_SECOND.toLocaleString('en-US')} paths/s`,
    ratio: rate / MINIMUM_PATHS_PER_SECOND,
    target: `≥ ${MINIMUM_PATHS_PER_SECOND.toLocaleString('en-US')} paths/s`,
    ok: rate >= MINIMUM_PATHS_PER_SECOND,
  }
}

/** The largest size of a pattern that is accepted. */
function measureLargest(what: string, paths: readonly string[], write: (size: number) => string): Row {
  let size = 1
  while (parsePathPattern(write(size + 1), DIMENSIONS).ok) size++
  return measureRate(`as many ${what} as are accepted: ${size}`, paths, write(size))
}

function listNames(count: number): string {
  const next = createNumbers()
  return Array.from({ length: count }, () => next().toString(16).padStart(8, '0')).join('|')
}

function matcherOf(text: string): Match {
  const pattern = parsePathPattern(text, DIMENSIONS)
  if (!pattern.ok) throw new Error(pattern.issues[0]?.message ?? text)
  const matcher = compileMatcher(pattern.value)
  return (path) => {
    const found = matcher.match(path)
    return found.ok ? found.id : null
  }
}

const ascending = (one: number, other: number) => one - other

function matchByHand(expression: RegExp, path: string): string | null {
  const found = expression.exec(path)
  return found === null ? null : `${found[1]}|${found[2]}-${found[3]}-${found[4]}`
}

/** Milliseconds that each of two takes for all paths, in turns by small chunks, so that a busy machine slows both alike. */
function timeSideBySide(paths: readonly string[], one: Match, other: Match): [number, number] {
  const times: [number, number] = [0, 0]
  for (let start = 0; start < paths.length; start += CHUNK) {
    const chunk = paths.slice(start, start + CHUNK)
    // Who comes first finds the strings out of the processor's cache.
    const isOneFirst = (start / CHUNK) % 2 === 0
    if (isOneFirst) times[0] += timeMs(chunk, one)
    times[1] += timeMs(chunk, other)
    if (!isOneFirst) times[0] += timeMs(chunk, one)
  }
  return times
}

/** Milliseconds of this thread's processor time: what else runs on the machine takes none of it. */
function timeMs(paths: readonly string[], match: Match): number {
  let characters = 0
  const start = process.threadCpuUsage()
  for (const path of paths) characters += match(path)?.length ?? 0
  const { user, system } = process.threadCpuUsage(start)
  const elapsed = (user + system) / 1000
  if (characters === 0) throw new Error('Nothing matched.')
  return elapsed
}

function makePaths(): string[] {
  return Array.from({ length: PATHS }, (_, index) => {
    const day = new Date(Date.UTC(2026, 0, 1) + (index % 300) * 86_400_000)
      .toISOString()
      .slice(0, 10)
      .replaceAll('-', '/')
    const hour = String(index % 24).padStart(2, '0')
    return `/${NODE_TYPES[index % NODE_TYPES.length]}/${day}/${hour}/0190f3c2-7a10-${index}.ndjson.gz`
  }).sort()
}

/** Paths whose folders and names are ids of hexadecimal digits in no order. */
function makePathsOfIds(): string[] {
  const next = createNumbers()
  const digits = (count: number) => Array.from({ length: count }, () => (next() % 16).toString(16)).join('')
  const id = () => [8, 4, 4, 4, 12].map(digits).join('-')
  return Array.from({ length: PATHS_OF_IDS }, (_, index) => {
    const day = String(1 + (index % 28)).padStart(2, '0')
    return `/${id()}/${NODE_TYPES[index % NODE_TYPES.length]}/2026/11/${day}/${id()}.ndjson.gz`
  })
}

/** The paths in a fixed random-looking order. */
function shuffle(paths: readonly string[]): string[] {
  const result = [...paths]
  const next = createNumbers()
  for (let index = result.length - 1; index > 0; index--) {
    const other = next() % (index + 1)
    const kept = result[index] as string
    result[index] = result[other] as string
    result[other] = kept
  }
  return result
}

/** A Lehmer generator, always from the same seed, so that runs compare. */
function createNumbers(): () => number {
  let state = 42
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state
  }
}
