import * as z from 'zod'
import { fieldTags } from '../field-tags'
import { PROJECT_LEVELS } from '../projects/policy'
import { email, filledLine, groupName, lineOfText, newPassword, personName, reason } from './fields'
import { PAGES } from './pages'

const at = z.iso.datetime()

// ---- sessions -------------------------------------------------

export const passwordChange = z.object({
  current: z
    .string()
    .min(1, 'The present password is missing.')
    .max(1000, 'The present password is too long.'),
  next: newPassword,
})
export type PasswordChange = z.infer<typeof passwordChange>

/** Who asks, in which space, and where they may go. */
export const session = z.object({
  kind: z.enum(['user', 'key']),
  /** As events name the caller: `"ada.lind"`, `"key:nightly export"`. */
  name: z.string(),
  /** The person whose rights apply; null for a global key. */
  user: z.object({ id: z.string(), login: z.string(), name: z.string(), email: z.string() }).nullable(),
  groups: z.array(z.string()),
  space: z.object({ id: z.string(), name: z.string() }),
  pages: z.array(z.enum(PAGES.map((page) => page.id))),
  /** Where this person lands: `"/projects"`. */
  home: z.string(),
})
export type Session = z.infer<typeof session>

// ---- users ------------------------------------------------------------------

const groupRef = z.object({ id: z.string(), name: z.string() })

export const user = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  email: z.string(),
  groups: z.array(groupRef),
  /** Of name, e-mail address and groups as they stand: sent back with a change, they keep others' changes from being undone. */
  fieldTags,
  createdAt: at,
  disabledAt: at.nullable(),
  /** The last sign-in that is still known. */
  lastSeenAt: at.nullable(),
  canEdit: z.boolean(),
  canDisable: z.boolean(),
  canEnable: z.boolean(),
  canReset: z.boolean(),
})
export type User = z.infer<typeof user>

export const usersQuery = z.object({ search: z.string().max(200).optional() })
export const users = z.object({
  users: z.array(user),
  /** How many match, of which at most 200 are given. */
  total: z.number().int(),
  canInvite: z.boolean(),
})
export type Users = z.infer<typeof users>

const chosenGroups = z.array(z.string()).max(500, 'Choose at most 500 groups.')

export const userChange = z.object({
  name: personName.optional(),
  email: email.optional(),
  groupIds: chosenGroups.optional(),
  reason: reason.optional(),
  fieldTags: fieldTags.optional(),
})
export type UserChange = z.infer<typeof userChange>

export const withReason = z.object({ reason: reason.optional() })

/** People and groups by name, for whoever gives others access. */
export const directory = z.object({
  groups: z.array(groupRef.extend({ people: z.number().int() })),
  users: z.array(z.object({ id: z.string(), login: z.string(), name: z.string() })),
})
export type Directory = z.infer<typeof directory>

// ---- links ------------------------------------------------------------------

/** A one-time link, told once. */
export const oneTimeLink = z.object({ id: z.string(), link: z.url(), expiresAt: at })
export type OneTimeLink = z.infer<typeof oneTimeLink>

export const inviteInput = z.object({ email, groupIds: chosenGroups })
export type InviteInput = z.infer<typeof inviteInput>

export const invite = z.object({
  id: z.string(),
  email: z.string(),
  groups: z.array(groupRef),
  createdBy: z.string(),
  createdAt: at,
  expiresAt: at,
  canRevoke: z.boolean(),
})
export const invites = z.object({ invites: z.array(invite) })
export type Invite = z.infer<typeof invite>

// ---- groups -----------------------------------------------------------------

export const group = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Of name and description as they stand, to be sent back with a change. */
  fieldTags,
  builtIn: z.boolean(),
  people: z.number().int(),
  keys: z.number().int(),
  canEdit: z.boolean(),
  canDelete: z.boolean(),
})
export type Group = z.infer<typeof group>

export const groups = z.object({ groups: z.array(group), canCreate: z.boolean() })
export type Groups = z.infer<typeof groups>

export const member = z.object({
  userId: z.string(),
  login: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  from: at,
  actor: z.string(),
  reason: z.string().nullable(),
  canRemove: z.boolean(),
})
export const groupDetails = group.extend({
  members: z.array(member),
  /** Those who were in it: the newest hundred. */
  past: z.array(
    z.object({
      login: z.string(),
      name: z.string(),
      from: at,
      until: at,
      endedBy: z.string(),
      reason: z.string().nullable(),
    }),
  ),
})
export type GroupDetails = z.infer<typeof groupDetails>

const description = lineOfText('The description', 500)
export const groupInput = z.object({ name: groupName, description: description.default('') })
export type GroupInput = z.infer<typeof groupInput>
export const groupChange = z.object({
  name: groupName.optional(),
  description: description.optional(),
  fieldTags: fieldTags.optional(),
})
export type GroupChange = z.infer<typeof groupChange>
export const membersInput = z.object({
  userIds: z.array(z.string()).min(1).max(500),
  reason: reason.optional(),
})
export type MembersInput = z.infer<typeof membersInput>

// ---- API keys ---------------------------------------------------------------

export const apiKey = z.object({
  id: z.string(),
  kind: z.enum(['personal', 'global', 'project']),
  label: z.string(),
  description: z.string(),
  admin: z.boolean(),
  /** Whose rights a personal key has. */
  owner: z.object({ login: z.string(), name: z.string() }).nullable(),
  groups: z.array(groupRef),
  /** Of label, description and groups as they stand, to be sent back with a change. */
  fieldTags,
  /** Of a project key: what it may do there. */
  level: z.enum(PROJECT_LEVELS).nullable(),
  /** The beginning of the key, to tell it by. */
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: at,
  expiresAt: at.nullable(),
  lastUsedAt: at.nullable(),
  canEdit: z.boolean(),
  canRevoke: z.boolean(),
})
export type ApiKey = z.infer<typeof apiKey>

export const apiKeys = z.object({ keys: z.array(apiKey), canCreate: z.boolean() })
export type ApiKeys = z.infer<typeof apiKeys>

const keyFields = {
  label: filledLine('The label', 100),
  description: description.default(''),
  /** The instant it ends; none = until it is revoked. */
  expiresAt: at.nullable().default(null),
}
export const personalKeyInput = z.object(keyFields)
export type PersonalKeyInput = z.infer<typeof personalKeyInput>
export const globalKeyInput = z.object({
  ...keyFields,
  admin: z.boolean().default(false),
  groupIds: chosenGroups.default([]),
})
export type GlobalKeyInput = z.infer<typeof globalKeyInput>

/** A key that opens one project and nothing else. */
export const projectKeyInput = z.object({
  ...keyFields,
  level: z.enum(PROJECT_LEVELS).default('read'),
  /** What is shared with these groups, the key may use; for who is in them, and administrators. */
  groupIds: chosenGroups.default([]),
})
export type ProjectKeyInput = z.infer<typeof projectKeyInput>
/** What of a global key can change; what is left out stays. */
export const globalKeyChange = z.object({
  label: keyFields.label.optional(),
  description: description.optional(),
  groupIds: chosenGroups.optional(),
  fieldTags: fieldTags.optional(),
})
export type GlobalKeyChange = z.infer<typeof globalKeyChange>

/** The one answer that holds the key itself. */
export const newApiKey = apiKey.extend({ secret: z.string() })
export type NewApiKey = z.infer<typeof newApiKey>
