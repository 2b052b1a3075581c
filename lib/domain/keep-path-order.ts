/** Letters that are written from right to left, as those of Hebrew and Arabic. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const LEFT_TO_RIGHT_MARK = '\u200e'

/**
 * Gives a path as it is to be shown: behind each slash stands a mark without width, where letters that run from right to left
 * would otherwise show folders in another order than they have. Paths without such letters stay as they are.
 */
export const keepPathOrder = (path: string): string =>
  RIGHT_TO_LEFT.test(path) ? path.replaceAll('/', `/${LEFT_TO_RIGHT_MARK}`) : path

/** Gives the place to cut a shown path in two, at or after `from`: between its letters, unless a word would be torn apart. */
export function cutBetweenFolders(path: string, from: number): number {
  if (!RIGHT_TO_LEFT.test(path)) return from
  const slash = path.indexOf('/', from)
  return slash === -1 ? path.lastIndexOf('/') : slash
}
