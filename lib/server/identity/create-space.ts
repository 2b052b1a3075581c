import 'server-only'
import { AUDITORS, DESIGNERS, SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { Failure } from '#lib/domain/errors'
import type { SetupInput } from '#lib/domain/identity/gate-wire'
import type { EventSpec } from '../access/record-event'
import { recordEvent } from '../access/record-event'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { isSetupToken, takeSetupToken } from '../spaces/installation'
import { hashPassword, insertUser, openSession } from './credentials'
import type { SignedIn } from './sign-in'
import { personActor, type Visit, visitContext } from './visit'

const BUILT_IN_GROUPS = [
  { name: SPACE_ADMINISTRATORS, description: 'Govern extensions, connections, users and permissions.' },
  { name: DESIGNERS, description: 'Turn files on connections into datasets.' },
  {
    name: AUDITORS,
    description: 'Read audit events, connections without secrets and who can access; change nothing.',
  },
] as const

/**
 * The first run: makes the space, its built-in groups and its first administrator, and signs them in.
 * @throws Failure `forbidden` when the setup link is wrong, replaced or used, also by another post at the same moment
 */
export async function createSpace(visit: Visit, input: SetupInput): Promise<SignedIn> {
  // A wrong link is told before the slow hash; the transaction below decides.
  const passwordHash = (await isSetupToken(input.token)) ? await hashPassword(input.password) : ''
  return inTransaction(async (tx) => {
    const madeAt = await takeSetupToken(tx, input.token)
    const { spaceId, userId } = await insertSpace(tx, { ...input, passwordHash })
    const context = visitContext(visit, spaceId)
    const actor = personActor(input.login)
    const events: EventSpec[] = [
      {
        msgType: 'setup-link-create',
        objectType: 'space',
        objectId: spaceId,
        fields: { madeAt: madeAt?.toISOString() },
      },
      ...foundingEvents(spaceId, userId, input),
      { msgType: 'login-success', objectType: 'user', objectId: userId },
    ]
    for (const event of events) await recordEvent(tx, context, actor, event)
    const headers = await openSession(tx, spaceId, { ...input, headers: visit.headers })
    if (!headers) throw new Failure('internal', 'The first administrator could not be signed in.')
    return { home: '/launchpad', headers }
  })
}

export interface Founder {
  space: string
  login: string
  name: string
  email: string
  passwordHash: string
}

/** Makes a space with its built-in groups and its first administrator. */
export async function insertSpace(
  tx: Tx,
  founder: Founder,
): Promise<{ spaceId: string; userId: string; groupIds: Map<string, string> }> {
  const spaceId = newId()
  await tx.space.create({ data: { id: spaceId, name: founder.space } })
  const groups = BUILT_IN_GROUPS.map((group) => ({ ...group, id: newId(), spaceId, builtIn: true }))
  await tx.group.createMany({ data: groups })
  const { login, name, email, passwordHash } = founder
  const { id: userId } = await insertUser(tx, { spaceId, login, name, email, passwordHash })
  const groupIds = new Map<string, string>(groups.map((group) => [group.name, group.id]))
  await tx.membership.create({
    data: {
      id: newId(),
      spaceId,
      groupId: groupIds.get(SPACE_ADMINISTRATORS) ?? '',
      userId,
      from: now(),
      actor: login,
      reason: 'first administrator',
    },
  })
  return { spaceId, userId, groupIds }
}

/** What the making of a space tells: the space, and its first person. */
export const foundingEvents = (
  spaceId: string,
  userId: string,
  founder: Pick<Founder, 'space' | 'login' | 'name' | 'email'>,
): EventSpec[] => [
  { msgType: 'space-create', objectType: 'space', objectId: spaceId, after: { name: founder.space } },
  {
    msgType: 'user-create',
    objectType: 'user',
    objectId: userId,
    after: { login: founder.login, name: founder.name, email: founder.email, groups: [SPACE_ADMINISTRATORS] },
  },
]
