import * as z from 'zod'
import { type TaggedFields, taggedFields } from '../field-tags'
import { formatSchema } from '../formats/catalogue'
import { toIssuePath } from '../issue-place'
import { fail, ok, type Result } from '../result'
import { sayShape } from '../say-shape'
import { ALL_FILES, type DatasetDefinition, datasetDefinition, newDefinition } from './definition'
import { withoutFacts } from './definition-rules'
import { leaveOutNulls } from './leave-out-nulls'

/** Who wrote a version of a dataset, and when (epoch milliseconds). */
const versionTag = taggedFields.extend({
  versionNumber: z.number().int(),
  lastModifiedBy: z.looseObject({ login: z.string() }),
  lastModifiedOn: z.number(),
})
export type VersionTag = z.infer<typeof versionTag>

/** A dataset in DSS's own JSON: its definition, and what stands around it. */
export type DssDataset = DatasetDefinition & {
  projectKey: string
  name: string
  managed: boolean
  tags: unknown[]
  creationTag?: VersionTag
  versionTag?: VersionTag
}

export interface DssDatasetFacts {
  projectKey: string
  name: string
  creationTag?: VersionTag
  versionTag?: VersionTag
}

/** What is read of a dataset in DSS's JSON: its definition, and the rest where it is given. */
export interface ReadDssDataset {
  name: string | null
  definition: DatasetDefinition
  /** What it says around the definition: whose it is, and whether it is managed. The verb that saves it judges that. */
  stated: Record<string, unknown>
  /** The version it was read at, for telling whether it was changed meanwhile. */
  version: number | null
  /** Of which dataset, and what its fields were then, where the client sends that back as well. */
  tag: TaggedFields | null
}

/** Gives a dataset in the JSON that DSS and its clients read, unknown keys of the definition included. */
export function toDssDataset(definition: DatasetDefinition, facts: DssDatasetFacts): DssDataset {
  const { projectKey, name, creationTag, versionTag } = facts
  return {
    ...{ projectKey, name, managed: false, tags: [] },
    ...withoutFacts(definition),
    // Clients walk through them.
    ...(Array.isArray(definition.tags) ? {} : { tags: [] }),
    ...(creationTag ? { creationTag } : {}),
    ...(versionTag ? { versionTag } : {}),
  }
}

/**
 * Reads a dataset in DSS's JSON. What we know and is missing is as it stands where there is a dataset, and as in a new one where
 * there is none, and so is null in place of a text, a number or a switch; unknown keys are kept. Each mistake of shape names its field, the rules are `findProblems`'.
 */
export function fromDssDataset(json: unknown, standing?: DatasetDefinition): Result<ReadDssDataset> {
  const parsed = dssDataset.safeParse(leaveOutNulls(fillIn(json, standing), dssDataset), {
    error: sayShape(json, 'A dataset'),
  })
  if (!parsed.success) {
    return fail(
      ...parsed.error.issues.map(({ path, message }) => ({
        reason: 'ERR_DATASET_INVALID_DEFINITION',
        message,
        path: toIssuePath(path),
      })),
    )
  }
  const { name, projectKey, managed, versionTag } = parsed.data
  const kept = Object.entries(parsed.data).filter(
    // An empty list of tags is what every dataset is given out with.
    ([key, value]) =>
      !(TEXTS.has(key) && value === null) && !(key === 'tags' && Array.isArray(value) && value.length === 0),
  )
  return ok({
    name: name ?? null,
    definition: withoutFacts(datasetDefinition.parse(Object.fromEntries(kept))),
    stated: { name, projectKey, managed },
    version: versionTag?.versionNumber ?? null,
    tag: versionTag ?? null,
  })
}

const dssDataset = z.looseObject({
  ...datasetDefinition.shape,
  name: z.string().nullish(),
  projectKey: z.string().nullish(),
  versionTag: versionTag.nullish(),
})

/** What is said of a dataset as one text: null says nothing. */
const TEXTS: ReadonlySet<string> = new Set(['shortDesc', 'description'])

/** Fills in what clients leave out; null in place of a list or an object stays null here, to be refused. */
function fillIn(json: unknown, standing: DatasetDefinition | undefined): unknown {
  if (!isObject(json)) return json
  const { params, partitioning, schema, ...rest } = json
  const base = newDefinition()
  return {
    ...rest,
    type: rest.type ?? base.type,
    params: fillInParams(params, standing),
    ...fillInFormat(rest, standing),
    partitioning: fillInPart(
      partitioning,
      { dimensions: [] },
      { filePathPattern: '' },
      standing?.partitioning,
    ),
    unreadableFiles: rest.unreadableFiles ?? standing?.unreadableFiles ?? base.unreadableFiles,
    schema: withoutReading(
      standing
        ? orElse(schema, standing.schema)
        : // Without a format it is read by line, and then its column is known as well.
          fill(orElse(schema, rest.formatType ? {} : base.schema), { columns: [] }),
    ),
  }
}

/** A schema that was read by itself tells its reading, which is no part of it. */
function withoutReading(schema: unknown): unknown {
  if (!isObject(schema)) return schema
  const { versionTag: _, ...rest } = schema
  return rest
}

/** A bucket is one of its connection. */
function fillInParams(params: unknown, standing?: DatasetDefinition): unknown {
  const stands = standing?.params
  const { mode, ...lists } = ALL_FILES
  const isSameConnection = isObject(params) && params.connection === stands?.connection
  const defaults = {
    connection: '',
    path: stands?.path ?? '/',
    notReadyIfEmpty: stands?.notReadyIfEmpty ?? false,
  }
  return fill(params, defaults, ({ bucket, filesSelectionRules, ...filled }) => ({
    ...filled,
    // Null says that there is none, as it is given out.
    bucket: bucket === undefined ? ((isSameConnection ? stands?.bucket : null) ?? null) : bucket,
    filesSelectionRules: fillInPart(filesSelectionRules, { mode }, lists, stands?.filesSelectionRules),
  }))
}

/** What stands is undone by nothing that is left out: of a part that is sent, what says most is there, as `dimensions`, or refused. */
const fillInPart = (value: unknown, first: object, rest: object, standing: object | undefined) =>
  standing ? fill(orElse(value, standing), { ...rest }) : fill(orElse(value, {}), { ...first, ...rest })

/** The parameters of a format are of no use to another. */
function fillInFormat({ formatType, formatParams }: Record<string, unknown>, standing?: DatasetDefinition) {
  const type = formatType ?? standing?.formatType ?? newDefinition().formatType
  const params = orElse(formatParams, type === standing?.formatType ? standing?.formatParams : {})
  const format = { type, params }
  return { formatType: type, formatParams: Object(leaveOutNulls(format, formatSchema)).params }
}

/** What is sent, null too, or something else where it was left out. */
const orElse = (sent: unknown, other: unknown): unknown => (sent === undefined ? other : sent)

/** Puts defaults where an object has nothing, or null for a text or a switch; what is no object stays, to be refused. */
function fill(
  value: unknown,
  defaults: Record<string, unknown>,
  more: (filled: Record<string, unknown>) => Record<string, unknown> = (filled) => filled,
): unknown {
  if (!isObject(value)) return value
  const set = Object.entries(value).filter(
    ([key, given]) => given !== null || !Object.hasOwn(defaults, key) || typeof defaults[key] === 'object',
  )
  return more({ ...defaults, ...Object.fromEntries(set) })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
