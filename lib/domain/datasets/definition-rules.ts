import * as z from 'zod'
import { toIssuePath } from '../issue-place'
import type { Issue } from '../result'
import { sayShape } from '../say-shape'
import type { DatasetDefinition } from './definition'
import { keptIssues } from './kept-keys'
import { isStorageType, STORAGE_TYPES } from './storage-types'

const REASON = 'ERR_DATASET_INVALID_DEFINITION'

/** What people say of a dataset stands in its definition, as DSS has it. */
export const saidOfDataset = {
  shortDesc: z.string().max(2_000),
  description: z.string().max(100_000),
  tags: z.array(z.string().max(200)).max(1_000),
  customMeta: z.looseObject({ kv: z.looseObject({}).optional() }),
  checklists: z.looseObject({ checklists: z.array(z.unknown()).optional() }),
}
const said = z.looseObject(z.object(saidOfDataset).partial().shape)

/** Whose dataset it is; a definition may come with what it was given out with. */
export interface DatasetFacts {
  projectKey: string
  name: string
}

/** Keys that stand around a definition: they are the dataset's own and not kept in its settings. */
const AROUND = ['projectKey', 'name', 'managed', 'creationTag', 'versionTag']

/** A definition without what stands around it when a dataset is given out. */
export function withoutFacts(definition: DatasetDefinition): DatasetDefinition {
  const rest = { ...definition }
  for (const key of AROUND) delete rest[key]
  return rest
}

/**
 * What is wrong with a definition, whichever way it came, beside the rules of `findProblems`: facts of another dataset, a managed
 * one, what is said of it in wrong shapes, unknown types of columns, and more unknown keys than are kept. What stands so already may stay.
 */
export function definitionIssues(
  definition: DatasetDefinition,
  facts: DatasetFacts,
  standing?: DatasetDefinition,
): Issue[] {
  return [
    ...factIssues(definition, facts),
    ...managedIssues(definition.managed),
    ...saidIssues(definition, standing),
    ...typeIssues(definition, standing),
    ...keptIssues(withoutFacts(definition), standing),
  ]
}

function factIssues(definition: DatasetDefinition, facts: DatasetFacts): Issue[] {
  return (['projectKey', 'name'] as const).flatMap((key) => {
    const given = definition[key]
    if (given === undefined || given === null || given === facts[key]) return []
    const message = `${key} is ${JSON.stringify(facts[key])} here, whatever a definition says. Renaming is a request of its own.`
    return [{ reason: REASON, message, path: [key] }]
  })
}

/** Refuses to say that a dataset is managed, and whatever is neither true nor false. */
function managedIssues(managed: unknown): Issue[] {
  if (managed === undefined || managed === null || managed === false) return []
  const message =
    managed === true
      ? 'Datasets are external here: they read files that others write, and manage none.'
      : 'managed has to be false: datasets are external here.'
  return [{ reason: REASON, message, path: ['managed'] }]
}

function saidIssues(definition: DatasetDefinition, standing: DatasetDefinition | undefined): Issue[] {
  const changed = Object.entries(definition).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(standing?.[key]),
  )
  const { error } = said.safeParse(Object.fromEntries(changed), { error: sayShape(definition, 'A dataset') })
  return (error?.issues ?? []).map(({ path, message }) => ({
    reason: REASON,
    message,
    path: toIssuePath(path),
  }))
}

/** What is not known here is refused where it is new: nobody would check the values of such a column. */
function typeIssues({ schema }: DatasetDefinition, standing: DatasetDefinition | undefined): Issue[] {
  const known = new Set(standing?.schema.columns.map(({ type }) => type))
  return schema.columns.flatMap(({ name, type }, index) =>
    isStorageType(type) || known.has(type)
      ? []
      : [
          {
            reason: REASON,
            message: `Column ${name} has the unknown type "${type}". Types are ${STORAGE_TYPES.join(', ')}.`,
            path: ['schema', 'columns', index, 'type'],
          },
        ],
  )
}
