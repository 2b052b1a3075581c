import 'server-only'
import { recordEvent } from '../access/record-event'
import { MACHINE_ACTOR, machineContext } from '../identity/visit'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { newId } from '../platform/ids'

const KEY = 'DEMO'
const NAME = 'Demo data'
const LEVELS = { admin: 'admin', analyst: 'write' } as const

/** Makes the project `DEMO` with both people of the demo as members. Safe to repeat: one that was removed stays so. */
export function seedDemoProject(spaceId: string): Promise<void> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|seed-demo-project`}, 3))`
    if ((await tx.project.count({ where: { spaceId, key: KEY } })) > 0) return
    const users = await tx.user.findMany({ where: { spaceId, login: { in: Object.keys(LEVELS) } } })
    const admin = users.find((user) => user.login === 'admin')
    if (admin) await insertProject(tx, spaceId, admin.id, users)
  })
}

async function insertProject(
  tx: Tx,
  spaceId: string,
  ownerId: string,
  users: { id: string; login: string }[],
) {
  const projectId = newId()
  const members = users.map(({ id, login }) => ({
    userId: id,
    login,
    level: LEVELS[login as keyof typeof LEVELS],
  }))
  await tx.project.create({ data: { id: projectId, spaceId, key: KEY, name: NAME, ownerId } })
  await tx.projectMember.createMany({
    data: members.map(({ userId, level }) => ({
      id: newId(),
      spaceId,
      projectId,
      level,
      userId,
      from: now(),
      actor: MACHINE_ACTOR.authUser,
      reason: 'demo',
    })),
  })
  await recordEvent(tx, machineContext('demo', spaceId), MACHINE_ACTOR, {
    msgType: 'project-create',
    objectType: 'project',
    objectId: KEY,
    projectKey: KEY,
    after: { key: KEY, name: NAME, members: members.map(({ login, level }) => ({ login, level })) },
  })
}
