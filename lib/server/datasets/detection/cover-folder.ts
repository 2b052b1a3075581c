import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import { pickEvenly } from '#lib/domain/pick-evenly'
import { mapConcurrently } from '../listing/walk-folders'

/** Pages that are asked for side by side. */
const AT_ONCE = 8

/** Keys of a folder from one on, in their order. */
export interface KeyPage<Listed> {
  keys: Listed[]
  /** More keys follow. */
  goesOn: boolean
}

/** All keys after `after` up to `last` are known, and with `isEnd` there are none behind. */
interface Stretch {
  after: string
  first: string
  last: string
  isEnd: boolean
}

/**
 * Looks at the keys of a folder that its first page does not hold: at the last ones, which are the newest where names are
 * dated, and, with the calls that are left, at what lies between, so that a folder of some thousand keys is known whole.
 * Costs at most `calls` of `list`, which gives the keys that follow a path. Tells whether these are all.
 */
export async function coverFolder<Listed extends { path: string }>(
  folder: string,
  { keys }: KeyPage<Listed>,
  calls: number,
  list: (after: string) => Promise<KeyPage<Listed>>,
): Promise<{ keys: Listed[]; isAll: boolean }> {
  const seen = new Map(keys.map((key) => [key.path, key]))
  const [first, last] = [keys[0]?.path, keys.at(-1)?.path]
  if (first === undefined || last === undefined) return { keys: [], isAll: false }
  const stretches: Stretch[] = [{ after: folder, first, last, isEnd: false }]
  const asked = new Set<string>()
  let left = calls
  while (left > 0) {
    const starts = chooseStarts(stretches, folder, asked).slice(0, Math.min(AT_ONCE, left))
    if (starts.length === 0) break
    left -= starts.length
    for (const start of starts) asked.add(start)
    const pages = await mapConcurrently(starts, list)
    for (const [index, page] of pages.entries()) {
      const after = starts[index] ?? ''
      for (const key of page.keys) seen.set(key.path, key)
      stretches.push({
        after,
        first: page.keys[0]?.path ?? after,
        last: page.keys.at(-1)?.path ?? after,
        isEnd: !page.goesOn,
      })
    }
    stretches.sort((a, b) => compareKeys(a.after, b.after))
  }
  return { keys: [...seen.values()], isAll: gapsOf(stretches).length === 0 }
}

/** Where to look next: behind the last key that is known, as long as the end is not, and where stretches leave gaps. */
function chooseStarts(stretches: readonly Stretch[], folder: string, asked: ReadonlySet<string>): string[] {
  const gaps = gapsOf(stretches).filter((start) => !asked.has(start))
  const filled = stretches.filter(isFilled)
  // A page that holds the folder's own key alone tells nothing of the others.
  if (filled.length === 0 || filled.some((one) => one.isEnd)) return pickEvenly(gaps, AT_ONCE)
  const furthest = filled.reduce((best, one) => (compareKeys(one.last, best.last) > 0 ? one : best))
  const end = stretches.find((one) => one.isEnd)?.after
  const ahead = startsBehind(furthest, folder, end, asked)
  if (ahead.length > 0) return pickInner(ahead, AT_ONCE)
  // Where no name can be raised, the keys go on behind the last one.
  return [...gaps.slice(-1), ...pickEvenly(gaps.slice(0, -1), AT_ONCE - 1)]
}

/** Some between the ends of a list, which cut it into parts of one size. */
const pickInner = (starts: readonly string[], most: number): string[] =>
  starts.length <= most
    ? [...starts]
    : Array.from({ length: most }, (_, n) => starts[Math.floor(((n + 1) * starts.length) / (most + 1))] ?? '')

const isFilled = ({ after, first }: Stretch): boolean => compareKeys(first, after) > 0

/**
 * Names above the last one of a page: it cut at each place up to the first one in which the page's names differ, with a higher
 * value there. Where nothing follows one of them, nothing follows the higher ones: so the next value of each place tells up to
 * which place names go on counting, and then the values of the first two of those how far.
 */
function startsBehind(
  { first, last }: Stretch,
  folder: string,
  end: string | undefined,
  asked: ReadonlySet<string>,
): string[] {
  const [name, other] = [last.slice(folder.length), first.slice(folder.length)]
  const differs = [...name].findIndex((char, place) => char !== other[place])
  const places = Array.from(name.slice(0, differs + 1), (char, place) =>
    higherValues(char)
      .map((value) => folder + name.slice(0, place) + value)
      .filter((start) => !asked.has(start) && (end === undefined || compareKeys(start, end) < 0)),
  ).filter((starts) => starts.length > 0)
  const starts = end === undefined ? places.map(([next]) => next ?? '') : places.slice(0, 2).flat()
  return starts.sort(compareKeys)
}

const VALUES = ['0123456789A', 'ABCDEFGHIJKLMNOPQRSTUVWXYZa', 'abcdefghijklmnopqrstuvwxyz']

/** What a digit or letter counts up to, and what comes behind its kind: names of numbers may go on with letters. */
function higherValues(char: string): string[] {
  const values = VALUES.find((some) => some.includes(char))
  return values === undefined ? [] : [...values.slice(values.indexOf(char) + 1)]
}

/** The last keys of stretches that the next stretch does not begin with. */
function gapsOf(stretches: readonly Stretch[]): string[] {
  const gaps: string[] = []
  let known = ''
  let isEnd = false
  for (const one of stretches) {
    if (known !== '' && compareKeys(one.after, known) > 0 && !isEnd) gaps.push(known)
    if (compareKeys(one.last, known) > 0) known = one.last
    isEnd ||= one.isEnd
  }
  if (!isEnd) gaps.push(known)
  return gaps
}
