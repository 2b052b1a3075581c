import { formatCount, formatQuantity } from '../format'
import { isPackingEnding } from '../formats/packings'
import type { FilesSelectionRules } from './definition'
import { excludeToo } from './exclude-files'
import { keepOnly, rulesForKind } from './file-kinds'
import type { FileKind, FilesReport } from './files-wire'
import type { Problem } from './problem'

/** Files that are taken although they are of other kinds than most of them. */
export interface OddKinds {
  main: FileKind
  odd: FileKind[]
  files: number
}

/**
 * Finds the kinds among what is taken that hardly belong to the same dataset as the largest one: pictures, archives and
 * Parquet beside texts, and documents or tables beside other texts. Null where all go together, or nobody knows.
 */
export function findOddKinds({ kinds }: Pick<FilesReport, 'kinds'>): OddKinds | null {
  const taken = kinds.filter(({ kept, newest }) => kept > 0 && newest !== null)
  const [main, ...others] = taken.toSorted((a, b) => b.kept - a.kept)
  if (main === undefined) return null
  const odd = others.filter((kind) => !goTogether(main, kind))
  return odd.length === 0 ? null : { main, odd, files: odd.reduce((sum, { kept }) => sum + kept, 0) }
}

function goTogether(main: FileKind, kind: FileKind): boolean {
  const [one, other] = [familiesOf(main), familiesOf(kind)]
  if (one.size === 0 || other.size === 0) return true
  if (one.isDisjointFrom(other)) return false
  return !one.has('text') || mayBeOneTable(plainOf(main), plainOf(kind))
}

/** What lies in files, packed or not: a text in gzip is a text. */
const familiesOf = ({ contents }: FileKind): Set<string> =>
  new Set(contents.map((content) => content.split(':').at(-1) ?? content))

/** The ending without what packs it: `.csv` of `.csv.gz`. */
const plainOf = ({ ending }: FileKind): string => {
  const [, first = ''] = ending.split('.')
  return isPackingEnding(first) ? '' : first
}

/** Endings whose files are read alike; one of no ending may be anything. */
const ALIKE = [
  ['csv', 'tsv', 'tab', 'psv', 'txt', 'dat'],
  ['json', 'ndjson', 'jsonl', 'txt'],
  ['log', 'txt', 'out', 'err'],
]

const mayBeOneTable = (one: string, other: string): boolean =>
  one === other ||
  one === '' ||
  other === '' ||
  ALIKE.some((group) => group.includes(one) && group.includes(other))

const nameOf = ({ ending }: FileKind): string => ending || 'no ending'

/** The same as a warning on the Files tab. */
export function oddKindProblems(report: Pick<FilesReport, 'kinds' | 'kept'>): Problem[] {
  const found = findOddKinds(report)
  if (found === null) return []
  return [
    {
      path: ['params', 'filesSelectionRules'],
      tab: 'files',
      field: 'Kinds of files here',
      severity: 'warning',
      reason: 'odd-kinds',
      message: sayOddKinds(found, report.kept),
    },
  ]
}

/** `"3 of 16 files do not go with .csv: 1 .md, 1 .png, 1 .parquet. They would be read the same way as the others."` */
export function sayOddKinds({ main, odd, files }: OddKinds, kept: number): string {
  const [goes, they] = files === 1 ? ['does not go', 'It'] : ['do not go', 'They']
  const which = odd.map((kind) => `${formatCount(kind.kept)} ${nameOf(kind)}`).join(', ')
  return `${formatCount(files)} of ${formatQuantity(kept, 'file')} ${goes} with ${nameOf(main)}: ${which}. ${they} would be read the same way as the others.`
}

/** What mends it by one click. */
export interface OddKindsFix {
  label: string
  rules: FilesSelectionRules
}

/** Taking the main kind alone, or leaving the odd ones out where the rules are such that this can be added to them. */
export function fixOddKinds(
  { main, odd }: OddKinds,
  rules: FilesSelectionRules,
  kinds: readonly FileKind[],
): OddKindsFix[] {
  if (rules.mode === 'EXPLICIT_SELECT_FILES') return []
  const kept = keepOnly(rules, main, kinds)
  const fixes = kept === null ? [] : [{ label: `Keep only ${nameOf(main)}`, rules: kept }]
  if (rules.mode === 'RULES_INCLUDED_ONLY') return fixes
  const left = odd.flatMap((kind) => rulesForKind(kind, kinds))
  return [...fixes, { label: `Leave out ${odd.map(nameOf).join(', ')}`, rules: excludeToo(rules, ...left) }]
}
