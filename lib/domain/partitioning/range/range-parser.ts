import { fail, type Issue, ok, type Result } from '../../result'
import { finish, type Steps } from '../../steps'
import type { Dimension, TimeDimension } from '../dimensions'
import { countIssue, findValueProblem, meansWhole, NOT_PARTITIONED, WHOLE } from '../partition-id'
import { PERIOD_FORMATS, PERIODS, parsePeriod } from '../periods'
import { MAX_PIECES, type RangePiece, RangeScanner, type ScannedItem } from './range-scanner'
import type { RangeItem, RangePart, RangeSpecification, RelativeUnit, TimePoint } from './range-specification'
import { resolveTimePoint } from './range-time'

/** Items that are not single partitions are tried one by one for every existing id, so that their number is bounded. */
const MAX_WIDE_ITEMS = 500
const MAX_LENGTH = 8_000_000
const MAX_ISSUES = 20
/** Any moment will do to see that `now/-7d` runs backward, whatever the clock says. */
const PROBE = Date.UTC(2026, 5, 15, 12)

/**
 * Parses a range specification such as `design/automation|-7d/now` or `design|2026-11-22,api|CURRENT_DAY`.
 * With `existing`, an argument that equals an existing id is that id, whatever it would be read as otherwise.
 */
export function parseRangeSpecification(
  text: string,
  dimensions: readonly Dimension[],
  existing?: ReadonlySet<string>,
): Result<RangeSpecification> {
  return finish(parseInSteps(text, dimensions, existing))
}

/** As parseRangeSpecification, of a text that may be megabytes long. */
export function* parseInSteps(
  text: string,
  dimensions: readonly Dimension[],
  existing?: ReadonlySet<string>,
): Steps<Result<RangeSpecification>> {
  if (existing?.has(text)) return ok({ text, items: [{ kind: 'exact', source: text }] })
  const unread = findUnreadable(text, dimensions)
  if (unread !== null) return fail(unread)
  const scanner = new RangeScanner(text)
  const issues: Issue[] = []
  const items: RangeItem[] = []
  let wide = 0
  for (const scanned of scanner.items()) {
    yield
    if (scanned === undefined) continue
    const source = text.slice(scanned.start, scanned.end)
    const item: RangeItem = existing?.has(source)
      ? { kind: 'exact', source }
      : parseItem(scanned, source, dimensions, issues)
    items.push(item)
    if (isWide(item)) wide++
    if (issues.length >= MAX_ISSUES || wide > MAX_WIDE_ITEMS) break
  }
  if (scanner.dangling !== null) issues.unshift(danglingBackslash(scanner.dangling))
  if (wide > MAX_WIDE_ITEMS) issues.push(tooManyRanges(text))
  return issues.length === 0 ? ok({ text, items }) : fail(...issues)
}

function findUnreadable(text: string, dimensions: readonly Dimension[]): Issue | null {
  if (text.trim() === '')
    return {
      reason: 'empty-specification',
      message: `Enter partitions, such as ${exampleOf(dimensions)}, or ${WHOLE}.`,
      start: 0,
      end: text.length,
    }
  if (text.length <= MAX_LENGTH) return null
  return {
    reason: 'specification-too-long',
    message: `The specification is longer than ${MAX_LENGTH.toLocaleString('en-US')} characters.`,
    start: MAX_LENGTH,
    end: text.length,
  }
}

const danglingBackslash = (at: number): Issue => ({
  reason: 'dangling-backslash',
  message: 'The specification ends in a backslash: write \\\\ for a backslash.',
  start: at,
  end: at + 1,
})

const tooManyRanges = (text: string): Issue => ({
  reason: 'too-many-ranges',
  message: `At most ${MAX_WIDE_ITEMS} of the comma list may be ranges; single partitions may be as many as you like.`,
  start: 0,
  end: text.length,
})

/** Whether an item needs a look at every existing id, rather than naming its one partition. */
export function isWide(item: RangeItem): boolean {
  return (
    item.kind === 'parts' &&
    !item.parts.every((part) => (part.kind === 'values' && part.values.length === 1) || isOnePeriod(part))
  )
}

function isOnePeriod(part: RangePart): boolean {
  return (
    part.kind === 'period-range' &&
    part.from.kind === 'period' &&
    part.to.kind === 'period' &&
    part.from.ordinal === part.to.ordinal
  )
}

function parseItem(
  { parts, start, end, isCut }: ScannedItem,
  source: string,
  dimensions: readonly Dimension[],
  issues: Issue[],
): RangeItem {
  const word =
    parts.length === 1 && parts[0]?.length === 1 && !parts[0][0]?.escaped ? parts[0][0]?.value : undefined
  if (word !== undefined && meansWhole(word)) return { kind: 'whole', source }
  if (isCut) {
    const message = `Between two commas at most ${MAX_PIECES.toLocaleString('en-US')} values may stand.`
    issues.push({ reason: 'too-many-values', message, start, end })
    return { kind: 'parts', source, parts: [] }
  }
  if (parts.length !== dimensions.length || dimensions.length === 0) {
    issues.push({ ...countIssue(word === '' ? 0 : parts.length, dimensions), start, end })
    return { kind: 'parts', source, parts: [] }
  }
  const parsed = dimensions.map((dimension, index) => {
    const pieces = parts[index] ?? []
    return dimension.type === 'time'
      ? parseTimePart(pieces, dimension, issues)
      : parseValuePart(pieces, dimension, issues)
  })
  return { kind: 'parts', source, parts: parsed }
}

function parseValuePart(pieces: readonly RangePiece[], dimension: Dimension, issues: Issue[]): RangePart {
  const [only] = pieces
  if (pieces.length === 1 && only !== undefined && !only.escaped) {
    if (only.value === '*') return { kind: 'any' }
    if (isLatest(only.value)) {
      issues.push({
        reason: 'latest-needs-time',
        message: `${only.value} picks the newest periods and ${dimension.name} is no time dimension. For the value itself write \\${only.value}.`,
        start: only.start,
        end: only.end,
      })
    }
  }
  for (const { value, start, end } of pieces) {
    if (issues.length >= MAX_ISSUES) break
    const problem = findValueProblem(value, dimension)
    if (problem !== null) issues.push({ ...problem, start, end })
  }
  return { kind: 'values', values: pieces.map(({ value }) => value) }
}

function parseTimePart(pieces: readonly RangePiece[], dimension: TimeDimension, issues: Issue[]): RangePart {
  const [first, second] = pieces
  if (first === undefined) return { kind: 'any' }
  const last = pieces.at(-1) ?? first
  if (pieces.length > 2) {
    issues.push({
      reason: 'bad-range',
      message: `A range of ${dimension.name} has a first and a last one, both included: write ${PERIOD_FORMATS[dimension.params.period]}/${PERIOD_FORMATS[dimension.params.period]}.`,
      start: first.start,
      end: last.end,
    })
    return { kind: 'any' }
  }
  if (second === undefined && first.value === '*') return { kind: 'any' }
  if (second === undefined && isLatest(first.value)) return parseLatest(first, issues)
  const from = parseTimePoint(first, dimension, issues)
  const to = second === undefined ? from : parseTimePoint(second, dimension, issues)
  if (from === null || to === null) return { kind: 'any' }
  if (second !== undefined && runsBackward(from, to, dimension)) {
    issues.push({
      reason: 'reversed-range',
      message: `${first.value}/${second.value} ends before it begins: exchange the two.`,
      start: first.start,
      end: second.end,
    })
  }
  return { kind: 'period-range', from, to }
}

/** A date against the clock may run either way with time, and then resolves to nothing; two of a kind never change. */
function runsBackward(from: TimePoint, to: TimePoint, { params: { period } }: TimeDimension): boolean {
  if ((from.kind === 'period') !== (to.kind === 'period')) return false
  return resolveTimePoint(from, period, PROBE).from > resolveTimePoint(to, period, PROBE).to
}

const isLatest = (text: string) => /^LATEST\(.*\)$/.test(text)

function parseLatest({ value, start, end }: RangePiece, issues: Issue[]): RangePart {
  const count = Number(/^LATEST\(([1-9]\d{0,5})\)$/.exec(value)?.[1] ?? 0)
  if (count === 0)
    issues.push({
      reason: 'bad-latest',
      message: `${value} needs a number from 1 to 999999: LATEST(7).`,
      start,
      end,
    })
  return { kind: 'latest', count }
}

function parseTimePoint(
  { value, start, end }: RangePiece,
  { name, params: { period } }: TimeDimension,
  issues: Issue[],
): TimePoint | null {
  if (value === 'now') return { kind: 'now' }
  const ordinal = parsePeriod(value, period)
  if (ordinal !== null) return { kind: 'period', ordinal }
  const keyword = /^(CURRENT|PREVIOUS)_(HOUR|DAY|MONTH|YEAR)$/.exec(value)
  const unit = PERIODS.find((candidate) => candidate === keyword?.[2])
  if (keyword !== null && unit !== undefined)
    return { kind: 'keyword', which: keyword[1] === 'CURRENT' ? 'CURRENT' : 'PREVIOUS', unit }
  const relative = /^-(\d{1,6})([hdwmy])$/.exec(value)
  if (relative !== null)
    return { kind: 'relative', amount: Number(relative[1]), unit: relative[2] as RelativeUnit }
  const what = value === '' ? `The ${name} is missing` : `“${value}” is no period of ${name}`
  issues.push({
    reason: 'bad-period',
    message: `${what}: write ${PERIOD_FORMATS[period]}, CURRENT_${period}, PREVIOUS_${period}, -7d/now, LATEST(7) or *.`,
    start,
    end,
  })
  return null
}

function exampleOf(dimensions: readonly Dimension[]): string {
  if (dimensions.length === 0) return NOT_PARTITIONED
  return dimensions
    .map((dimension) => (dimension.type === 'time' ? `CURRENT_${dimension.params.period}` : '*'))
    .join('|')
}
