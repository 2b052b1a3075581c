import { formatQuantity } from '../format'
import type { FilesSelectionRules } from './definition'
import { excludeToo, ruleForFile } from './exclude-files'
import type { Problem } from './problem'
import type { SchemaReport } from './schema-report'
import type { WizardStep } from './wizard'

type Headerless = Pick<SchemaReport, 'headerless' | 'columns'>

/** Warns of files whose first row is read as names and holds none: their values would be in no column. */
export function headerlessProblems({ headerless }: Pick<SchemaReport, 'headerless'>): Problem[] {
  const [first] = headerless
  if (first === undefined) return []
  const [seems, its] = headerless.length === 1 ? ['seems', 'its'] : ['seem', 'their']
  return [
    {
      path: ['formatParams', 'headerNames'],
      tab: 'format',
      field: 'Files without a header',
      severity: 'warning',
      reason: 'files-without-header',
      message: `${sayFiles(first.path, headerless.length)} ${seems} to have no header as the other files do: ${its} first row is read as names, and ${its} values are in none of the columns.`,
    },
  ]
}

/** Warns of files whose header has other names than those of the others: their values are in columns of their own. */
export function renamedProblems({ renamed }: Pick<SchemaReport, 'renamed'>): Problem[] {
  const [first] = renamed
  if (first === undefined) return []
  const [has, it] = renamed.length === 1 ? ['has', 'it'] : ['have', 'them']
  return [
    {
      path: ['formatParams', 'headerNames'],
      tab: 'format',
      field: 'Files with other names',
      severity: 'warning',
      reason: 'files-with-other-names',
      message: `${sayFiles(first.path, renamed.length)} ${has} other names in the first row than the other files: ${first.names.join(', ')}. They are columns of their own. Where they are values, leave ${it} out on Files.`,
    },
  ]
}

function sayFiles(first: string, count: number): string {
  return count === 1 ? first : `${first} and ${formatQuantity(count - 1, 'other file', 'other files')}`
}

/** Names their columns by position: as those of the oldest file with a header, which come first. */
export function readByPosition({ headerless, columns }: Headerless): WizardStep {
  const width = Math.max(0, ...headerless.map((file) => file.columns))
  const headerNames = columns.slice(0, width).map(({ name }) => name)
  return { step: 'set-format-params', params: { headerNames } }
}

/** Takes them out of the files; null where the rules name kinds of files that are taken, which one has to think about. */
export function leaveOut({ headerless }: Headerless, rules: FilesSelectionRules): WizardStep | null {
  const paths = new Set(headerless.map(({ path }) => path))
  if (rules.mode === 'RULES_INCLUDED_ONLY') return null
  if (rules.mode === 'EXPLICIT_SELECT_FILES') {
    const explicitFiles = rules.explicitFiles.filter((path) => !paths.has(path.replace(/^\/?/, '/')))
    return { step: 'set-selection', rules: { ...rules, explicitFiles } }
  }
  return { step: 'set-selection', rules: excludeToo(rules, ...[...paths].map(ruleForFile)) }
}
