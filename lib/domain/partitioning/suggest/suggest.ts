import type { Dimension } from '../dimensions'
import { compileMatcher } from '../pattern/matcher'
import { type PathPattern, parsePathPattern } from '../pattern/path-pattern'
import { PERIODS, type Period } from '../periods'
import type { DateLevel } from './date-levels'
import { findDateOrders, type ToldOrder, type ToldOrders } from './date-order'
import { type Candidate, rankSuggestions } from './rank-suggestions'
import type { FoundDate } from './suggest-dates'
import {
  describeLevel,
  describePrefix,
  doRecur,
  freeName,
  hiveKey,
  isPartOfYear,
  MOST_ABOVE_DATES,
} from './suggest-names'
import { type ChangedAt, findNumbers } from './suggest-numbers'
import { groupShapes, levelsBelow, type Shape } from './suggest-shapes'
import type { Suggestion } from './suggestion'
import { takeEvenly } from './take-evenly'

interface SuggestOptions {
  /** The name of the first discrete dimension, where the caller knows what the folders are. */
  valueName?: string
  /** When files were changed, as far as it is known: a date in their path was not to come then. */
  changedAt?: ChangedAt
}

/** As many paths show every layout that matters, in a time that nobody notices. */
const MOST_PATHS = 2_000
/**
 * Proposes partitionings for paths such as `/design/2026/11/22/14/a.gz`: the layout that matches most first, by day before
 * other periods, and then other layouts, by how many more paths they match. Every proposal matches at least one of the paths. Of very many paths a sample is looked at.
 */
export function suggestPartitioning(all: readonly string[], options: SuggestOptions = {}): Suggestion[] {
  const paths = takeEvenly(all, MOST_PATHS)
  const found = new Map<string, Candidate>()
  const told = findDateOrders(paths)
  const orders = { names: told.names?.order ?? null, folders: told.folders?.order ?? null }
  const isNumber = findNumbers(paths, options.changedAt)
  for (const [index, shape] of groupShapes(paths, orders, isNumber).entries()) {
    let layout = index
    for (const pattern of buildPatterns(shape, options)) {
      const key = JSON.stringify([pattern.text, pattern.dimensions])
      const known = found.get(key)
      if (known !== undefined) {
        // What is the same by one period is the same layout by others.
        layout = known.suggestion.layout
        continue
      }
      const matches = findMatches(pattern, paths)
      if (matches.size === 0) continue
      const { text: filePathPattern, dimensions } = pattern
      const suggestion: Suggestion = {
        ...{
          filePathPattern,
          dimensions: [...dimensions],
          matched: matches.size,
          total: paths.length,
          layout,
        },
        ...sayOrder(toldOf(shape, told)),
      }
      found.set(key, { suggestion, matches })
    }
  }
  return rankSuggestions([...found.values()])
}

/** The places of the paths that a pattern matches. */
function findMatches(pattern: PathPattern, paths: readonly string[]): Set<number> {
  const matcher = compileMatcher(pattern)
  return new Set(paths.flatMap((path, at) => (matcher.match(path).ok ? [at] : [])))
}

/** What told the order of a shape's date; null where the year stands first, or keys tell it. */
function toldOf({ date }: Shape, { names, folders }: ToldOrders): ToldOrder | null {
  const source = date?.form.levels[0]?.source ?? ''
  if (/%[DM].*%Y/.test(source)) return names
  return /^%[DM]$/.test(source) ? folders : null
}

function sayOrder(told: ToldOrder | null): { told?: string } {
  if (told === null) return {}
  const { order, date } = told
  return order === 'day-first'
    ? { told: `The day stands first: ${date} has no month ${date.slice(0, 2)}.` }
    : { told: `The month stands first: ${date} has no month ${date.slice(3, 5)}.` }
}

function buildPatterns(shape: Shape, options: SuggestOptions): PathPattern[] {
  const { date } = shape
  const patterns =
    date === null
      ? [buildUndated(shape, options)]
      : periodsOf(date.form.finest).map((period) => buildDated(shape, date, period, options))
  return patterns.filter((pattern) => pattern !== null)
}

/** Day first: it is what people partition by. */
function periodsOf(finest: Period): Period[] {
  const possible = PERIODS.slice(0, PERIODS.indexOf(finest) + 1)
  return [
    ...(possible.includes('DAY') ? (['DAY'] as const) : []),
    ...possible.filter((period) => period !== 'DAY').reverse(),
  ]
}

function buildDated(
  shape: Shape,
  date: FoundDate,
  period: Period,
  { valueName }: SuggestOptions,
): PathPattern | null {
  const dimensions: Dimension[] = []
  const hint = () => (dimensions.length === 0 ? valueName : undefined)
  const levels = shape.before.map((names) =>
    areYears(names) ? '[^/]+' : describeLevel(names, shape.count, dimensions, hint(), MOST_ABOVE_DATES),
  )
  const finest = PERIODS.indexOf(period)
  const has = (level: DateLevel | undefined) => level !== undefined && level.coarsest <= finest
  const hasPrefix = has(date.form.levels[date.prefixed])
  const prefix = hasPrefix ? describePrefix(shape, dimensions, hint()) : ''
  const more = shape.below.slice(0, levelsBelow(shape))
  const time: Dimension = { name: freeName('date', dimensions), type: 'time', params: { period } }
  dimensions.push(time)
  const between = shape.between.map((names) => () => describeLevel(names, shape.count, dimensions, undefined))
  const dateText = writeDate(date, period, { prefix, between, isWhole: more.length > 0 })
  const below = more.map((names) => describeLevel(names, shape.count, dimensions, undefined))
  const isWithinName = (date.goesOn || shape.isOfFile) && has(date.form.levels.at(-1))
  const isOpen = more.length === 0 && (isWithinName || isCut(date, period))
  const text = `/${[...levels, ...dateText, ...below].join('/')}${isOpen ? '.*' : '/.*'}`
  const parsed = parsePathPattern(text, dimensions)
  return parsed.ok ? parsed.value : null
}

/** Years that are no part of the date: a pattern with the one that is there would match none of the next. */
const areYears = (names: Set<string>): boolean => [...names].every((name) => /^(?:19|20)\d\d$/.test(name))

interface Around {
  prefix: string
  /** Write the folders between the levels. */
  between: readonly (() => string)[]
  isWhole: boolean
}

/** The names of the date; where dimensions stand below it, those of finer fields too, as names that may be any. */
function writeDate({ form, prefixed }: FoundDate, period: Period, around: Around): string[] {
  const { prefix, between, isWhole } = around
  const finest = PERIODS.indexOf(period)
  const levels = isWhole ? form.levels : form.levels.filter((level) => level.coarsest <= finest)
  const others = between.values()
  return levels.map((level, index) => {
    if (level.isBetween) return others.next().value?.() ?? '[^/]+'
    if (level.coarsest > finest) return '[^/]+'
    const rest = isWhole && level.isCut(period) ? '[^/]*' : ''
    return `${index === prefixed ? prefix : ''}${level.write(period)}${rest}`
  })
}

/** Whether the last level of the date goes on within its name by this period, as 2026-11-22 does by month. */
function isCut({ form }: FoundDate, period: Period): boolean {
  const finest = PERIODS.indexOf(period)
  return form.levels.findLast((level) => level.coarsest <= finest)?.isCut(period) ?? false
}

/** Folders without a date: partitioned by keys, or by few names that recur. */
function buildUndated({ before, count }: Shape, { valueName }: SuggestOptions): PathPattern | null {
  const tells = (names: Set<string>) =>
    hiveKey([...names][0] ?? '') !== null || doRecur(names, count) || isPartOfYear(names)
  const last = before.findLastIndex(tells)
  const dimensions: Dimension[] = []
  const levels = before.slice(0, last + 1).map((names) => {
    const hint = dimensions.length === 0 && tells(names) ? valueName : undefined
    if ((names.size > 1 || areYears(names)) && !tells(names)) return '[^/]+'
    return describeLevel(names, count, dimensions, hint)
  })
  if (dimensions.length === 0) return null
  const parsed = parsePathPattern(`/${levels.join('/')}/.*`, dimensions)
  return parsed.ok ? parsed.value : null
}
