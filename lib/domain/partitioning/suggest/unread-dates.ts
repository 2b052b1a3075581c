import { findShortYears } from './short-years'
import { takeEvenly } from './take-evenly'

/** Dates that no pattern reads, or not for sure: how they look in a path, and why they are not suggested. */
const UNREAD: readonly { shape: RegExp; say: (text: string) => string }[] = [
  {
    shape: /(?<![^/=_.-])(1\d{9}(?:\d{3})?)(?![^/_.-])/,
    say: (text) =>
      `${text} looks like a moment counted in ${text.length === 10 ? 'seconds' : 'milliseconds'} since 1970, which a pattern cannot read as a date.`,
  },
  {
    shape: /(?<!\d)((?:0[1-9]|1[0-2])([-_.])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?!\d)/,
    say: sayEitherOrder,
  },
  {
    shape: /(?<=\/)((?:0[1-9]|1[0-2])\/(?:0[1-9]|1[0-2])\/(?:19|20)\d\d)(?=\/(?!(?:0[1-9]|1[0-2])\/))/,
    say: sayEitherOrder,
  },
  {
    shape: /(?<=\/(?:\w+=)?(?:19|20)\d\d\/)((?:\w+=)?(?:[1-9]\/(?:\w+=)?\d\d?|1[0-2]\/(?:\w+=)?[1-9]))(?=\/)/,
    say: (text) => `${text} is a month and a day without zeros before them: %M and %D read two digits each.`,
  },
  {
    shape: /(?<=\/)((?:(?:week|wk)=)(?:\d{4}-?)?W?\d\d?|(?:\w+=)?(?:\d{4}[-_]?)?W\d\d)(?=\/)/i,
    say: (text) =>
      `${text} is a week: a pattern reads dates by %Y, %M, %D and %H, and has no sign for weeks. They make a discrete dimension, and ranges such as -7d/now do not reach them.`,
  },
]
/** What fewer of the paths have is not what stands in the way. */
const LEAST_SHARE = 0.5
/** As many paths tell it, and none by more of its length: dates stand among the first folders and in names. */
const MOST_PATHS = 2_000
const MOST_LENGTH = 2_000

/** Why what looks like days in most of the paths is not suggested as such, as a sentence; null where nothing does. */
export function tellUnreadDates(all: readonly string[]): string | null {
  const paths = takeEvenly(all, MOST_PATHS).map((path) => path.slice(0, MOST_LENGTH))
  for (const { shape, say } of UNREAD) {
    const found = paths.flatMap((path) => shape.exec(path)?.[1] ?? [])
    const [first] = found
    if (first !== undefined && found.length >= LEAST_SHARE * paths.length) return say(first)
  }
  const short = findShortYears(paths)
  if (short.length === 0 || short.length < LEAST_SHARE * paths.length) return null
  return `${short[0]} looks like a day whose year has two digits: %Y reads years of four, so no pattern reads it as a date.`
}

function sayEitherOrder(text: string): string {
  return `Whether the day or the month stands first in ${text} is not to be told from the paths. Write %D and %M in the order that you know.`
}
