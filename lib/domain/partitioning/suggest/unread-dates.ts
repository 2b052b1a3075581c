/** Dates that no pattern reads, or not for sure: how they look in a path, and why they are not suggested. */
const UNREAD: readonly { shape: RegExp; say: (text: string) => string }[] = [
  {
    shape: /(?<![^/=_.-])(1\d{9}(?:\d{3})?)(?![^/_.-])/,
    say: (text) =>
      `${text} looks like a moment counted in ${text.length === 10 ? 'seconds' : 'milliseconds'} since 1970, which a pattern cannot read as a date.`,
  },
  {
    shape: /(?<!\d)((?:0[1-9]|1[0-2])([-_.])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?!\d)/,
    say: (text) =>
      `Whether the day or the month stands first in ${text} is not to be told from the paths. Write %D and %M in the order that you know.`,
  },
  {
    shape: /(?<=\/(?:\w+=)?(?:19|20)\d\d\/)((?:\w+=)?(?:[1-9]\/(?:\w+=)?\d\d?|1[0-2]\/(?:\w+=)?[1-9]))(?=\/)/,
    say: (text) => `${text} is a month and a day without zeros before them: %M and %D read two digits each.`,
  },
]
/** What fewer of the paths have is not what stands in the way. */
const LEAST_SHARE = 0.5

/** Why what looks like days in most of the paths is not suggested as such, as a sentence; null where nothing does. */
export function tellUnreadDates(paths: readonly string[]): string | null {
  for (const { shape, say } of UNREAD) {
    const found = paths.flatMap((path) => shape.exec(path)?.[1] ?? [])
    const [first] = found
    if (first !== undefined && found.length >= LEAST_SHARE * paths.length) return say(first)
  }
  return null
}
