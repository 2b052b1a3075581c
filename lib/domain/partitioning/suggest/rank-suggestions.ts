import { findTimeDimension } from '../dimensions'
import type { Period } from '../periods'
import type { Suggestion } from './suggestion'

/** A suggestion that is to be ranked. */
export interface Candidate {
  suggestion: Suggestion
  /** The places of the paths that it matches. */
  matches: ReadonlySet<number>
}

/** Day first: it is what people partition by. */
const PREFERENCE: readonly (Period | null)[] = ['DAY', 'HOUR', 'MONTH', 'YEAR', null]
/** What matches this share of the most is as good as that; what is by day has to match less of it. */
const ALIKE_SHARE = 0.9
const ALIKE_SHARE_BY_DAY = 0.5

/**
 * The best layout with its periods, then others by how many paths they match that none before them does. Those that add
 * none are left out: they are made of files that lie astray in a better one, unless they tell a finer date.
 */
export function rankSuggestions(found: readonly Candidate[]): Suggestion[] {
  const layouts = new Map<number, Candidate[]>()
  for (const candidate of orderByMatches(found)) {
    const layout = candidate.suggestion.layout
    layouts.set(layout, [...(layouts.get(layout) ?? []), candidate])
  }
  const ranked: Candidate[] = []
  const covered = new Set<number>()
  const [best] = layouts.values()
  for (let next = best; next !== undefined; next = mostNew([...layouts.values()], covered)) {
    const [first] = next
    if (first === undefined) break
    layouts.delete(first.suggestion.layout)
    const isNew = countNew(first, covered) > 0
    ranked.push(...(isNew ? next : next.filter((one) => isFiner(one, best?.[0]))))
    for (const place of first.matches) covered.add(place)
  }
  return ranked.map(({ suggestion }) => suggestion)
}

const preferenceOf = ({ suggestion }: Candidate): number =>
  PREFERENCE.indexOf(findTimeDimension(suggestion.dimensions)?.params.period ?? null)

const isFiner = (one: Candidate, other: Candidate | undefined): boolean =>
  other !== undefined && preferenceOf(one) < preferenceOf(other)

/** What matches nearly as much as the best comes by preference, the rest by what it matches. */
function orderByMatches(found: readonly Candidate[]): Candidate[] {
  const most = found.reduce((best, { matches }) => Math.max(best, matches.size), 0)
  const isAlike = (one: Candidate) =>
    one.matches.size >= (preferenceOf(one) <= 1 ? ALIKE_SHARE_BY_DAY : ALIKE_SHARE) * most
  return found.toSorted((a, b) => {
    const byMatched = b.matches.size - a.matches.size
    const byPreference = preferenceOf(a) - preferenceOf(b)
    if (isAlike(a) && isAlike(b))
      return byPreference || byMatched || a.suggestion.layout - b.suggestion.layout
    if (isAlike(a) || isAlike(b)) return isAlike(a) ? -1 : 1
    return byMatched || byPreference
  })
}

/** The layout whose first suggestion adds most; of those that add as much, the first. */
function mostNew(layouts: readonly Candidate[][], covered: ReadonlySet<number>): Candidate[] | undefined {
  const news = layouts.map(([first]) => (first === undefined ? 0 : countNew(first, covered)))
  return layouts[news.indexOf(Math.max(...news))]
}

const countNew = ({ matches }: Candidate, covered: ReadonlySet<number>): number =>
  [...matches].reduce((count, place) => count + (covered.has(place) ? 0 : 1), 0)
