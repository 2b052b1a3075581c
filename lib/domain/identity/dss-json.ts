import * as z from 'zod'
import { taggedFields } from '../field-tags'
import { email, groupName, lineOfText, login, newPassword, personName } from './fields'
import type { ApiKey, Group, User } from './wire'

/** Addresses that nobody has, for users whom a program makes without one; RFC 2606 keeps the name free. */
const NO_ADDRESS = '.invalid'

/** The address of a user who has none: `"ada@no-address.<space>.invalid"`. */
export const noAddressOf = (userLogin: string, spaceId: string): string =>
  `${userLogin}@no-address.${spaceId}${NO_ADDRESS}`

const names = z.array(z.string().max(100)).max(500)
const description = lineOfText('The description', 500)

/** What `create_user(…)` sends; the profile that it always names has no counterpart. */
export const dssUserCreation = z.looseObject({
  login,
  password: newPassword,
  displayName: z.string().nullish(),
  email: z.string().nullish(),
  groups: names.optional(),
  sourceType: z.literal('LOCAL', 'is LOCAL here: there is no other directory').nullish(),
})

/** What a client sends back of a user: any key may be left out, and stays then. */
export const dssUserChange = z.looseObject({
  login: z.string().nullish(),
  displayName: z.string().nullish(),
  email: z.string().nullish(),
  groups: names.optional(),
  enabled: z.boolean().nullish(),
  password: z.string().nullish(),
  versionTag: taggedFields.nullish(),
})

/** Name and address of what a client sends; who has no address is given out with an empty one. */
export const dssPerson = z.object({
  displayName: personName.nullish(),
  email: email.nullish(),
})

/** A user as DSS clients read and edit one. */
export function toDssUser(user: User) {
  return {
    login: user.login,
    displayName: user.name,
    email: user.email.endsWith(NO_ADDRESS) ? '' : user.email,
    groups: user.groups.map(({ name }) => name),
    sourceType: 'LOCAL',
    enabled: user.disabledAt === null,
    creationDate: new Date(user.createdAt).getTime(),
    ...UNTOLD_OF_USER,
  }
}

/** What clients look for and nobody has here. */
export const UNTOLD_OF_USER = {
  userProfile: '',
  credentials: {},
  secrets: [],
  adminProperties: {},
  userProperties: {},
}

export const dssUserAnswer = z.looseObject({
  login: z.string(),
  displayName: z.string(),
  email: z.string(),
  groups: z.array(z.string()),
  sourceType: z.string(),
  enabled: z.boolean(),
  creationDate: z.number(),
  versionTag: taggedFields.optional(),
})

export const dssGroupCreation = z.looseObject({
  name: groupName,
  description: description.nullish(),
  sourceType: z.literal('LOCAL', 'is LOCAL here: there is no other directory').nullish(),
})

export const dssGroupChange = z.looseObject({
  name: groupName.nullish(),
  description: description.nullish(),
  admin: z.boolean().nullish(),
  versionTag: taggedFields.nullish(),
})

/** A group as DSS clients read one; `admin` marks the one whose people administer the space. */
export const toDssGroup = (group: Group, administrators: string) => ({
  name: group.name,
  description: group.description,
  admin: group.name === administrators,
  sourceType: 'LOCAL',
})

export const dssGroupAnswer = z.object({
  name: z.string(),
  description: z.string(),
  admin: z.boolean(),
  sourceType: z.string(),
  versionTag: taggedFields.optional(),
})

const keyFields = {
  label: lineOfText('The label', 100).nullish(),
  description: description.nullish(),
  /** Epoch milliseconds; 0 is never. */
  expiresOn: z.number().int().min(0).max(8.64e15).nullish(),
}

export const dssGlobalKey = z.looseObject({
  ...keyFields,
  globalPermissions: z.looseObject({ admin: z.boolean().nullish() }).optional(),
  groups: names.optional(),
})

/** What a client sends back of a global key: what is left out stays. */
export const dssGlobalKeyChange = dssGlobalKey.extend({ versionTag: taggedFields.nullish() })

export const dssPersonalKey = z.looseObject(keyFields)

/** A key as DSS clients list it; `key` is the key itself once, when it is made, and empty ever after. */
function toDssKey(key: ApiKey, secret = '') {
  return {
    id: key.id,
    key: secret,
    label: key.label,
    description: key.description,
    createdBy: key.createdBy,
    createdOn: new Date(key.createdAt).getTime(),
    expiresOn: key.expiresAt === null ? 0 : new Date(key.expiresAt).getTime(),
    lastUsedOn: key.lastUsedAt === null ? 0 : new Date(key.lastUsedAt).getTime(),
  }
}

/** A person's key; clients read whose it is as `user`. */
export const toDssPersonalKey = (key: ApiKey, secret = '') => ({
  ...toDssKey(key, secret),
  user: key.owner?.login ?? '',
})

/** A key of the whole space as the public API shows it; its secret only where it was just made. */
export const toDssGlobalKey = (key: ApiKey, secret = '') => ({
  ...toDssKey(key, secret),
  groups: key.groups.map(({ name }) => name),
  globalPermissions: { admin: key.admin },
})

const dssKeyAnswer = z.object({
  id: z.string(),
  key: z.string(),
  label: z.string(),
  description: z.string(),
  createdBy: z.string(),
  createdOn: z.number(),
  expiresOn: z.number(),
  lastUsedOn: z.number(),
})

export const dssPersonalKeyAnswer = dssKeyAnswer.extend({ user: z.string() })

export const dssGlobalKeyAnswer = dssKeyAnswer.extend({
  groups: z.array(z.string()),
  globalPermissions: z.object({ admin: z.boolean() }),
  versionTag: taggedFields.optional(),
})
