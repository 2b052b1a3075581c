/** Letters that are written from right to left, as those of Hebrew and Arabic. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const LEFT_TO_RIGHT_MARK = '\u200e'

/** Whether a path has letters that run from right to left, which would show its folders in another order than they have. */
export const runsRightToLeft = (path: string): boolean => RIGHT_TO_LEFT.test(path)

/**
 * Gives a path as it is to be shown where only text can be: behind each slash stands a mark without width that keeps the
 * folders in their order. Paths without letters that run from right to left stay as they are.
 */
export const keepPathOrder = (path: string): string =>
  runsRightToLeft(path) ? path.replaceAll('/', `/${LEFT_TO_RIGHT_MARK}`) : path

/** Gives the place to cut a shown path in two, at or after `from`: between its letters, unless a word would be torn apart. */
export function cutBetweenFolders(path: string, from: number): number {
  if (!runsRightToLeft(path)) return from
  const slash = path.indexOf('/', from)
  return slash === -1 ? path.lastIndexOf('/') : slash
}

/** Widens a part of a path to the whole names that it is of, where letters run from right to left and would be torn apart. */
export function widenToNames(
  path: string,
  { start, end }: { start: number; end: number },
): { start: number; end: number } {
  if (!runsRightToLeft(path)) return { start, end }
  const from = path.lastIndexOf('/', start - 1) + 1
  const to = path.indexOf('/', end)
  return { start: start === 0 ? 0 : from, end: to === -1 ? path.length : to }
}
