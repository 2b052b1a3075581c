import 'server-only'
import { AUDITORS, SPACE_ADMINISTRATORS, type Subject } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import { database, type Tx } from '../platform/db/client'
import { explainDatabaseError } from '../platform/db/transaction'
import type { Caller } from './caller'
import { type LoadedGroup, loadKey, loadUser } from './load-principal'
import { SharedLooks } from './shared-looks'

/** Loads who the caller is at this moment. A disabled user, an ended key: `unauthenticated`. */
export async function loadSubject(tx: Tx, caller: Caller): Promise<Subject> {
  if (caller.kind === 'system') return systemSubject(caller.spaceId, caller.job)
  if (caller.kind === 'user') return userSubject(tx, caller.spaceId, caller.userId)
  return keySubject(tx, caller.spaceId, caller.keyId)
}

const looks = new SharedLooks<Subject>()

/**
 * As loadSubject, together with whoever asks for the same caller at once. It takes a connection of its own: for before a
 * transaction, never for within one.
 */
export function lookAtSubject(caller: Caller): Promise<Subject> {
  return looks.look(JSON.stringify(caller), () =>
    loadSubject(database(), caller).catch((error) => Promise.reject(explainDatabaseError(error))),
  )
}

async function userSubject(tx: Tx, spaceId: string, userId: string): Promise<Subject> {
  const user = await loadUser(tx, spaceId, userId, now())
  if (!user || user.disabledAt) throw signedOut()
  const { login: name, groups } = user
  return build({ kind: 'user', spaceId, userId, keyId: null, name, admin: false, groups })
}

async function keySubject(tx: Tx, spaceId: string, keyId: string): Promise<Subject> {
  const key = await loadKey(tx, spaceId, keyId, now())
  if (!key || key.ownerDisabledAt) throw signedOut()
  const { kind, label, admin, groups, projectId, level, ownerId, ownerLogin } = key
  if (key.madeById !== null) await requireMaker(tx, { spaceId, id: keyId, kind })
  const whose = { kind: 'key', spaceId, keyId, groups } as const
  if (ownerId !== null) return build({ ...whose, userId: ownerId, name: ownerLogin ?? '', admin: false })
  const subject = build({ ...whose, userId: null, name: `key:${label}`, admin })
  if (kind !== 'project') return subject
  return { ...subject, ...OF_A_PROJECT, project: { id: projectId ?? '', level: level ?? '' } }
}

/** Groups give a project's key what connections grant them, and no office or right beyond the project. */
const OF_A_PROJECT = { isAdministrator: false, isAuditor: false, groupNames: new Set<string>() }

/**
 * A key that a key made works while that one does; a global one, while the first of its makers is an administrator's.
 * @throws Failure `unauthenticated` when a maker has ended, or its owner was disabled
 */
async function requireMaker(tx: Tx, key: { id: string; spaceId: string; kind: string }): Promise<void> {
  const makers = await tx.$queryRaw<{ id: string; madeById: string | null; until: Date | null }[]>`
    WITH RECURSIVE maker AS (
      SELECT m."id", m."spaceId", m."madeById", m."until" FROM "api_key" m JOIN "api_key" k
        ON k."madeById" = m."id" AND k."spaceId" = m."spaceId"
        WHERE k."spaceId" = ${key.spaceId} AND k."id" = ${key.id}
      UNION SELECT m."id", m."spaceId", m."madeById", m."until" FROM "api_key" m JOIN maker
        ON maker."madeById" = m."id" AND maker."spaceId" = m."spaceId"
    ) SELECT "id", "madeById", "until" FROM maker`
  const first = makers.find(({ madeById }) => madeById === null)
  const at = now()
  if (!first || makers.some(({ until }) => until !== null && until <= at)) throw signedOut()
  const { isAdministrator } = await keySubject(tx, key.spaceId, first.id)
  if (key.kind === 'global' && !isAdministrator) throw signedOut()
}

interface Parts {
  kind: 'user' | 'key'
  spaceId: string
  userId: string | null
  keyId: string | null
  name: string
  admin: boolean
  groups: LoadedGroup[]
}

function build({ admin, groups, ...rest }: Parts): Subject {
  const groupNames = new Set(groups.map(({ name }) => name))
  return {
    ...rest,
    groupIds: new Set(groups.map(({ id }) => id)),
    groupNames,
    isAdministrator: admin || groupNames.has(SPACE_ADMINISTRATORS),
    isAuditor: groupNames.has(AUDITORS),
  }
}

const systemSubject = (spaceId: string, job: string): Subject => ({
  kind: 'system',
  spaceId,
  userId: null,
  keyId: null,
  name: `system:${job}`,
  groupIds: new Set(),
  groupNames: new Set(),
  isAdministrator: true,
  isAuditor: false,
})

const signedOut = () =>
  new Failure('unauthenticated', 'You are not signed in, or your account or key has ended.', {
    reason: 'signed-out',
    remedy: 'Sign in again.',
  })
