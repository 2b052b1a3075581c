import type { Detection } from '../formats/detection'
import type { FilesSelectionRules } from './definition'
import { excludeToo, ruleForFile } from './exclude-files'
import { endingOf, keepOnly, ruleForKind } from './file-kinds'

/** Rules that take a file out, by the button of that label. */
export interface TakenOut {
  label: string
  rules: FilesSelectionRules
}

/**
 * Rules that leave out a file that cannot be read, and others of its kind, or take the files of another kind alone.
 * @param path of the file, below the dataset's
 * @param others files that can be read: those named otherwise are the kind to keep
 */
export function takeOut(path: string, others: readonly string[], rules: FilesSelectionRules): TakenOut[] {
  const ending = endingOf(path)
  const endings = others.map(endingOf)
  const [most = ''] = [...new Set(endings)].sort((a, b) => countOf(endings, b) - countOf(endings, a))
  const found: TakenOut[] = []
  if (most !== '' && most !== ending) {
    const kinds = [...new Set([ending, ...endings])].map((one) => ({ ending: one }))
    const kept = keepOnly(rules, { ending: most }, kinds)
    if (kept !== null) found.push({ label: `Keep only *${most}`, rules: kept })
  }
  if (rules.mode === 'ALL' || rules.mode === 'RULES_ALL_BUT_EXCLUDED') {
    const isAlone = ending === '' || others.length === 0 || endings.includes(ending)
    const rule = isAlone ? ruleForFile(path) : ruleForKind(ending, endings)
    found.push({
      label: isAlone ? 'Leave this file out' : `Leave out *${ending}`,
      rules: excludeToo(rules, rule),
    })
  }
  if (rules.mode === 'EXPLICIT_SELECT_FILES') {
    const explicitFiles = rules.explicitFiles.filter((one) => withSlash(one) !== path)
    if (explicitFiles.length > 0)
      found.push({ label: 'Leave this file out', rules: { ...rules, explicitFiles } })
  }
  return found
}

/** Files that were looked at and are texts, without one of them. */
export const otherTexts = (files: Detection['files'], path: string): string[] =>
  files
    .filter(
      ({ problem, looksLike, sizeBytes, path: other }) =>
        problem === null && looksLike === null && sizeBytes > 0 && other !== path,
    )
    .map(({ path: other }) => other)

const countOf = (all: readonly string[], one: string) => all.filter((other) => other === one).length

const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`)
