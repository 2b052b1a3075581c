import 'server-only'
import { pickEvenly } from '#lib/domain/pick-evenly'
import { mapConcurrently } from '../listing/walk-folders'

/** Places of a name that are tried, the first and the last and some between. */
const MOST_PLACES = 8
const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** A page that is full: its folder, and the first and last path on it. */
export interface FilledPage {
  folder: string
  first: string
  last: string
}

/**
 * Looks at pages of a folder behind one that it fills, spread over its keys, without listing all: a digit or letter of the
 * last name is raised place by place, which says up to which place the keys go on counting; then further values of the
 * first such place are tried. Costs at most `calls` of `list`, which gives what follows a path.
 */
export async function probeFurther<Listed extends { path: string }>(
  { folder, first, last }: FilledPage,
  calls: number,
  list: (startAfter: string) => Promise<Listed[]>,
): Promise<Listed[]> {
  const name = last.slice(folder.length)
  const places = pickEvenly(countingPlaces(name, first.slice(folder.length)), Math.min(MOST_PLACES, calls))
  const raised = places.map((place) => raisedAt(name, place)[0] ?? '')
  const pages = await mapConcurrently(raised, (start) => list(folder + start))
  const place = places[pages.findIndex((page) => page.length > 0)]
  if (place === undefined) return []
  const further = pickEvenly(raisedAt(name, place).slice(1), calls - places.length)
  const more = await mapConcurrently(further, (start) => list(folder + start))
  return unique([...pages, ...more].flat())
}

const alphabetOf = (char: string): string =>
  DIGITS.includes(char) ? DIGITS : LETTERS.includes(char) ? LETTERS : LETTERS.toUpperCase()

/** Places whose digit or letter can be raised, up to the first one that differs on the page: keys behind it raise one of them. */
function countingPlaces(name: string, first: string): number[] {
  return [...name].flatMap((char, place) => {
    const isBefore = name.slice(0, place) === first.slice(0, place)
    return isBefore && /^[0-8A-Ya-y]$/.test(char) ? [place] : []
  })
}

/** The name cut after a place, with all higher values of it there: `a3x` at 1 → `a4`, `a5`, … */
function raisedAt(name: string, place: number): string[] {
  const alphabet = alphabetOf(name[place] ?? '')
  const higher = alphabet.slice(alphabet.indexOf(name[place] ?? '') + 1)
  return [...higher].map((char) => name.slice(0, place) + char)
}

function unique<Listed extends { path: string }>(listed: readonly Listed[]): Listed[] {
  return [...new Map(listed.map((one) => [one.path, one])).values()]
}
