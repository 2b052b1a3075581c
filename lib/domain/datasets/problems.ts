import { parseFolderPath } from '../connections/paths'
import { findFormatKind, formatSchema } from '../formats/catalogue'
import { sayAtField, toIssuePath } from '../issue-place'
import { readPathPattern } from '../partitioning/pattern/path-pattern'
import type { Issue } from '../result'
import { sayShape } from '../say-shape'
import type { DatasetDefinition } from './definition'
import type { Problem } from './problem'
import { schemaProblems } from './schema-problems'
import { compileSelection } from './selection'

/** `instance_audit_logs`: letters, digits, `_` and `-`, 1 to 100 of them. */
const DATASET_NAME = /^[A-Za-z0-9_-]{1,100}$/

/** Two names are the same dataset's when this is: case does not tell them apart. */
export const nameKeyOf = (name: string): string => name.toLowerCase()

/** What is wrong with the name of a dataset, if anything; `takenNameKeys` are those of `nameKeyOf`. */
export function checkDatasetName(name: string, takenNameKeys: ReadonlySet<string> = new Set()): Issue | null {
  if (name === '') return { reason: 'name-missing', message: 'Give the dataset a name.' }
  if (name.length > 100)
    return { reason: 'name-too-long', message: `The name has ${name.length} characters; 100 are allowed.` }
  if (!DATASET_NAME.test(name)) {
    return { reason: 'name-characters', message: 'A name is made of letters A to Z, digits, "_" and "-".' }
  }
  if (takenNameKeys.has(nameKeyOf(name))) {
    return {
      reason: 'name-taken',
      message: `This project has a dataset named ${name} already. Choose another name.`,
    }
  }
  return null
}

/** Everything that is wrong with a dataset to be, in the order of the tabs. Errors keep Create disabled, warnings do not. */
export function findProblems(
  name: string,
  definition: DatasetDefinition,
  takenNameKeys?: ReadonlySet<string>,
): Problem[] {
  const nameIssue = checkDatasetName(name, takenNameKeys)
  return [
    ...(nameIssue
      ? [
          {
            ...nameIssue,
            path: ['name'],
            tab: 'name' as const,
            field: 'Dataset name',
            severity: 'error' as const,
          },
        ]
      : []),
    ...filesProblems(definition),
    ...formatProblems(definition),
    ...schemaProblems(definition),
    ...partitioningProblems(definition),
  ]
}

function filesProblems({ params }: DatasetDefinition): Problem[] {
  const problems: Problem[] = []
  const add = (field: string, path: (string | number)[], issue: Issue) =>
    problems.push({ ...issue, path: ['params', ...path], tab: 'files', field, severity: 'error' })
  if (params.connection === '') {
    const message = 'Choose the S3 connection to read from.'
    add('S3 connection', ['connection'], { reason: 'connection-missing', message })
  }
  const path = parseFolderPath(params.path)
  if (!path.ok) for (const issue of path.issues) add('Path in bucket', ['path'], issue)
  const addRule = (issue: Issue) =>
    add('Selection rules', ['filesSelectionRules', ...(issue.path ?? [])], issue)
  const selection = compileSelection(params.filesSelectionRules)
  if (!selection.ok) for (const issue of selection.issues) addRule(issue)
  const { mode, includeRules, explicitFiles } = params.filesSelectionRules
  if (mode === 'EXPLICIT_SELECT_FILES' && explicitFiles.length === 0) {
    const message = 'Choose at least one file, or use all files.'
    addRule({ reason: 'no-files-chosen', message, path: ['explicitFiles'] })
  }
  if (mode === 'RULES_INCLUDED_ONLY' && includeRules.length === 0) {
    const message = 'Add a rule that says which files to take.'
    addRule({ reason: 'no-rules', message, path: ['includeRules'] })
  }
  return problems
}

function formatProblems({ formatType, formatParams }: DatasetDefinition): Problem[] {
  if (formatType === '') {
    return [
      {
        tab: 'format',
        field: 'Type',
        severity: 'error',
        path: ['formatType'],
        reason: 'ERR_FORMAT_TYPE_MISSING',
        message: 'Choose the type of the files.',
      },
    ]
  }
  const format = { type: formatType, params: formatParams }
  const parsed = formatSchema.safeParse(format, { error: sayShape(format, 'The format') })
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => ({
    tab: 'format',
    field: fieldLabel(formatType, String(issue.path[1])) ?? 'Type',
    severity: 'error',
    path: issue.path[0] === 'params' ? ['formatParams', ...toIssuePath(issue.path.slice(1))] : ['formatType'],
    reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
    message:
      issue.path[0] === 'type'
        ? `The format "${formatType}" is not known. Choose another type.`
        : sayAtField({ message: issue.message, path: toIssuePath(issue.path) }),
  }))
}

/** What the form calls a setting of a format. */
const fieldLabel = (formatType: string, name: string): string | undefined =>
  findFormatKind(formatType)?.fields.flatMap((field) =>
    field.widget === 'note' || field.widget === 'preset' || field.name !== name ? [] : [field.label],
  )[0]

function partitioningProblems({ partitioning }: DatasetDefinition): Problem[] {
  const pattern = partitioning.filePathPattern ?? ''
  if (partitioning.dimensions.length === 0 && pattern === '') return []
  if (partitioning.dimensions.length === 0) {
    const message = 'Add a dimension for each part of the pattern, or remove the partitioning.'
    const path = ['partitioning', 'dimensions']
    return [
      { tab: 'partitioning', field: 'Pattern', severity: 'error', reason: 'no-dimensions', message, path },
    ]
  }
  const { issues, warnings } = readPathPattern(pattern, partitioning.dimensions)
  const place =
    (severity: Problem['severity']) =>
    (issue: Issue): Problem => ({
      ...issue,
      path: ['partitioning', ...(issue.path ? ['dimensions', ...issue.path] : ['filePathPattern'])],
      tab: 'partitioning',
      field: issue.path ? 'Name' : 'Pattern',
      severity,
    })
  return [...issues.map(place('error')), ...warnings.map(place('warning'))]
}
