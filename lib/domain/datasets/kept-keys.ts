import type { Issue } from '../result'
import {
  type DatasetDefinition,
  datasetDefinition,
  type FilesSelectionRules,
  filesSelectionRules,
  schemaColumn,
  selectionRule,
} from './definition'

/** So much of what only its client knows is kept with a definition, as JSON. */
export const MOST_KEPT_BYTES = 64 * 1024

type Path = (string | number)[]

/** Refuses more than that, naming the largest; what stands so already may stay. */
export function keptIssues(definition: DatasetDefinition, standing?: DatasetDefinition): Issue[] {
  const kept = keptOf(definition)
  const total = sum(kept)
  if (total <= MOST_KEPT_BYTES || (standing && total <= sum(keptOf(standing)))) return []
  const [largest] = kept.toSorted((a, b) => b.bytes - a.bytes)
  const message = `What Launchpad does not know of this definition takes ${total} bytes; ${MOST_KEPT_BYTES} are kept.`
  return [{ reason: 'too-much-kept', message, path: largest?.path ?? [] }]
}

interface Kept {
  path: Path
  bytes: number
}

function keptOf(definition: DatasetDefinition): Kept[] {
  const { params, formatParams, partitioning, schema } = definition
  const { shape } = datasetDefinition
  return [
    ...unknownIn(definition, shape, []),
    ...unknownIn(params, shape.params.shape, ['params']),
    ...unknownInSelection(params.filesSelectionRules),
    // Each format has a few short settings of its own.
    ...unknownIn(formatParams, {}, ['formatParams']),
    ...unknownIn(partitioning, { filePathPattern: true }, ['partitioning']),
    ...unknownIn(schema, shape.schema.shape, ['schema']),
    ...schema.columns.flatMap((column, index) =>
      unknownIn(column, schemaColumn.shape, ['schema', 'columns', index]),
    ),
  ]
}

function unknownInSelection(rules: FilesSelectionRules): Kept[] {
  const path: Path = ['params', 'filesSelectionRules']
  const lists = ['includeRules', 'excludeRules'] as const
  return [
    ...unknownIn(rules, filesSelectionRules.shape, path),
    ...lists.flatMap((list) =>
      rules[list].flatMap((rule, index) => unknownIn(rule, selectionRule.shape, [...path, list, index])),
    ),
  ]
}

const unknownIn = (object: object, known: object, path: Path): Kept[] =>
  Object.entries(object)
    .filter(([key]) => !Object.hasOwn(known, key))
    .map(([key, value]) => ({ path: [...path, key], bytes: bytesOf({ [key]: value }) }))

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length

const sum = (kept: readonly Kept[]): number => kept.reduce((total, { bytes }) => total + bytes, 0)
