import * as z from 'zod'
import { ownParams } from './params'
import { permissionState } from './permissions'
import { testResult } from './test-result'

export const connectionHealth = z.object({
  state: z.enum(['healthy', 'failing', 'untested']),
  /** `"Healthy"`, `"Cannot list"`: never names bucket or endpoint. */
  message: z.string(),
  at: z.iso.datetime().nullable(),
})
export type ConnectionHealth = z.infer<typeof connectionHealth>

/** What the caller may do with a connection; the browser works nothing out. */
export const connectionAbilities = z.object({
  canUse: z.boolean(),
  canGovern: z.boolean(),
  canAudit: z.boolean(),
  canReadDetails: z.boolean(),
  /** False on a managed one: there only description and permissions change. */
  canEditSettings: z.boolean(),
  canRemove: z.boolean(),
})

export const managedBy = z.object({ key: z.string(), label: z.string() })

export const usableBy = z.object({
  everyone: z.boolean(),
  names: z.array(z.object({ principal: z.enum(['group', 'user']), name: z.string() })),
  /** How many are not named. */
  more: z.number().int(),
})

const summary = z.object({
  name: z.string(),
  type: z.literal('EC2'),
  description: z.string(),
  managedBy: managedBy.nullable(),
  /** The caller knows of it but may neither use nor govern it. */
  locked: z.boolean(),
  hidden: z.boolean(),
  /** Who may use it; only for who may use or govern it. */
  usableBy: usableBy.nullable(),
  health: connectionHealth.nullable(),
  /** `"acme-lake-raw"`, only for who may read the details. */
  bucket: z.string().nullable(),
  region: z.string().nullable(),
  /** Free selection: each dataset names its bucket. */
  freeBucket: z.boolean(),
  abilities: connectionAbilities,
})

export const connectionItem = summary
export type ConnectionItem = z.infer<typeof connectionItem>

export const connectionList = z.object({
  items: z.array(connectionItem),
  canAdd: z.boolean(),
  /** Whom to ask for a locked one. */
  ask: z.array(z.string()),
})
export type ConnectionList = z.infer<typeof connectionList>

/** Settings as they may be read: everything but the secret. */
export const connectionDetails = z.discriminatedUnion('store', [
  ownParams.extend({
    secretSet: z.boolean(),
    secretSetAt: z.iso.datetime().nullable(),
    /** For the trust policy of a role. */
    externalId: z.string(),
  }),
  z.object({
    store: z.literal('platform'),
    endpoint: z.string(),
    region: z.string(),
    bucket: z.string(),
    root: z.string(),
    allowedPrefixes: z.array(z.string()),
  }),
])
export type ConnectionDetails = z.infer<typeof connectionDetails>

export const connectionDetail = summary.extend({
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  readRequired: z.boolean(),
  details: connectionDetails.nullable(),
  /** The newest test whole, for who governs or audits. */
  lastTest: testResult.nullable(),
  ask: z.array(z.string()),
  /** Whether the operator lets connections use the server's own credentials. */
  environmentAllowed: z.boolean(),
})
export type ConnectionDetail = z.infer<typeof connectionDetail>

/** A secret is written, never read. */
export const secretText = z.string().min(1).max(4096)

/** What the form needs to know before there is a connection. */
export const connectionFormFacts = z.object({ environmentAllowed: z.boolean(), externalId: z.string() })

export const connectionCreation = z.object({
  name: z.string(),
  description: z.string().trim().max(1000).default(''),
  params: ownParams,
  secret: secretText.optional(),
})
export type ConnectionCreation = z.input<typeof connectionCreation>

export const connectionChange = z.object({
  /** The version that was read. */
  version: z.number().int(),
  description: z.string().trim().max(1000),
  /** Left out where only the description changes, as on a managed one. */
  params: ownParams.optional(),
  secret: secretText.optional(),
})
export type ConnectionChange = z.infer<typeof connectionChange>

export const connectionTestRequest = z.object({
  /** Settings that are not saved; the stored secret serves unless they void it. */
  draft: z.object({ params: ownParams, secret: secretText.optional() }).optional(),
  /** Also tries to write; only when a person asks for it. */
  write: z.boolean().default(false),
  /** With free selection of the bucket: which one to try. */
  bucket: z.string().trim().max(63).optional(),
})
export type ConnectionTestRequest = z.input<typeof connectionTestRequest>

/** The test of a form that has no connection yet. */
export const draftTestRequest = connectionTestRequest
  .omit({ draft: true })
  .extend({ params: ownParams, secret: secretText.optional() })
export type DraftTestRequest = z.input<typeof draftTestRequest>

export const connectionRemoval = z.object({ reason: z.string().trim().max(500).default('') })

/** A group or a person as lists show them. */
export const principal = z.object({
  principal: z.enum(['group', 'user']),
  id: z.string(),
  name: z.string(),
  /** Of a group: how many people are in it. */
  people: z.number().int().nullable(),
  /** On a managed connection space_administrators cannot be taken off. */
  fixed: z.boolean(),
})
export type Principal = z.infer<typeof principal>

export const principalList = z.object({ items: z.array(principal), more: z.number().int() })

export const connectionPermissions = z.object({
  state: permissionState,
  /** Everyone whom the state names. */
  principals: z.array(principal),
  canEdit: z.boolean(),
})
export type ConnectionPermissions = z.infer<typeof connectionPermissions>

export const permissionsChange = z.object({
  /** The state that was read: what was changed meanwhile shows by it. */
  base: permissionState,
  state: permissionState,
  reason: z.string().trim().max(500).optional(),
})
export type PermissionsChange = z.infer<typeof permissionsChange>

/** What a refused save shows: what one began with, what stands now, what one wanted. */
export const permissionsConflict = z.object({
  base: permissionState,
  theirs: permissionState,
  yours: permissionState,
  /** Names of everyone in the three. */
  principals: z.array(principal),
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
})
export type PermissionsConflict = z.infer<typeof permissionsConflict>

export const historyEntry = z.object({
  eventId: z.string(),
  at: z.iso.datetime(),
  who: z.string(),
  reason: z.string().nullable(),
  before: permissionState.nullable(),
  after: permissionState,
  /** Names of groups and people at that time, by id. */
  names: z.record(z.string(), z.string()),
})
export type HistoryEntry = z.infer<typeof historyEntry>

export const permissionsHistory = z.object({ items: z.array(historyEntry) })

export const activityEntry = z.object({
  eventId: z.string(),
  at: z.iso.datetime(),
  who: z.string(),
  msgType: z.string(),
  outcome: z.enum(['success', 'denied', 'failed']),
  count: z.number().int(),
  originAddress: z.string(),
  reason: z.string().nullable(),
})
export type ActivityEntry = z.infer<typeof activityEntry>

export const activityPage = z.object({ items: z.array(activityEntry), next: z.string().nullable() })
