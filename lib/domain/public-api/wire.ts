import * as z from 'zod'
import { taggedFields } from '../field-tags'

/** Who a key speaks for, as `get_auth_info()` reads it. */
export const authInfo = z.object({
  authIdentifier: z.string(),
  groups: z.array(z.string()),
  authSource: z.enum(['PERSONAL_API_KEY', 'GLOBAL_API_KEY', 'PROJECT_API_KEY']),
})
export type AuthInfo = z.infer<typeof authInfo>

/** A body that its verb reads: clients send whole objects with keys that only DSS knows. */
export const dssObject = z.looseObject({})

const taggedVersion = z.looseObject({
  versionNumber: z.number().int(),
  lastModifiedBy: z.looseObject({ login: z.string() }),
  lastModifiedOn: z.number(),
})

export const dssSchema = z.looseObject({
  columns: z.array(z.looseObject({ name: z.string(), type: z.string() })),
  userModified: z.boolean(),
})

/** A schema by itself tells its reading, as whole definitions do. */
export const dssSchemaAnswer = dssSchema.extend({ versionTag: taggedFields })

/** What a client sends to replace a schema; its shape is judged with the definition that it becomes a part of. */
export const dssSchemaSent = dssObject.extend({ versionTag: taggedFields.nullish() })
export type DssSchemaSent = z.output<typeof dssSchemaSent>
/** The same, as documents tell it. */
export const dssSchemaSentAsTold = dssSchema.extend({ versionTag: taggedFields.nullish() })

/** A whole dataset; clients edit `params`, `formatParams`, `partitioning` and `schema` in place, so they are always there. */
export const dssDatasetAnswer = z.looseObject({
  projectKey: z.string(),
  name: z.string(),
  type: z.literal('S3'),
  managed: z.boolean(),
  params: z.looseObject({}),
  formatType: z.string(),
  formatParams: z.looseObject({}),
  partitioning: z.looseObject({
    dimensions: z.array(z.looseObject({})),
    filePathPattern: z.string().optional(),
  }),
  schema: dssSchema,
  creationTag: taggedVersion.optional(),
  versionTag: taggedVersion.optional(),
})

/** What a client sends to save a dataset: the answer to a read with its changes, whose `versionTag` keeps others' from being undone. */
export const dssDatasetSent = dssDatasetAnswer
  .omit({ creationTag: true, managed: true })
  .partial()
  .required({ params: true })

/** And to make one; what is left out is as the wizard begins. */
export const dssDatasetMade = dssDatasetSent.required({ name: true }).omit({ versionTag: true })

const writtenTag = z.object({ lastModifiedBy: z.object({ login: z.string() }), lastModifiedOn: z.number() })

export const dssProjectItem = z.object({
  projectKey: z.string(),
  name: z.string(),
  ownerLogin: z.string(),
  shortDesc: z.string(),
  tags: z.array(z.unknown()),
  isProjectAdmin: z.boolean(),
  creationTag: writtenTag,
  versionTag: writtenTag,
})

/** Clients edit these in place, so they are always there. */
export const dssMetadataAnswer = z.looseObject({
  label: z.string(),
  shortDesc: z.string(),
  description: z.string(),
  tags: z.array(z.unknown()),
  checklists: z.looseObject({}),
  customMeta: z.looseObject({}),
})
