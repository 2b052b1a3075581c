import { outlineJson } from './detect/json-outline'

/** As many as are worth a choice. */
const MOST_OFFERED = 3

/**
 * Finds where lists of objects stand in the beginning of a JSON text, the longest one first; `''` stands for the values of the
 * text themselves, where these are objects.
 * @example findRootPaths('{"Records":[{"a":1}]}') // ['Records', '']
 */
export function findRootPaths(text: string): string[] {
  const { arrays, objects, open } = outlineJson(text)
  const lists = arrays
    .filter((array) => array.objects > 0 && array.path !== '')
    .sort((a, b) => b.chars - a.chars)
    .slice(0, MOST_OFFERED)
    .map(({ path }) => path)
  const hasObjects = objects > 0 || arrays.some((array) => array.path === '' && array.objects > 0)
  return hasObjects || (open && lists.length === 0 && text.trimStart().startsWith('{'))
    ? [...lists, '']
    : lists
}
