import 'server-only'
import { allowIf, type Subject } from '#lib/domain/access/subject'
import { isUnderWay, type Job, type ProjectJob } from '#lib/domain/progress/wire'
import { readAs } from '../access/act'
import { type Caller, type Context, storedCaller } from '../access/caller'
import type { ResourceKind } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'
import type { Prisma, Job as Row } from '../platform/db/generated/client'
import { toJob } from './queries'

/** The newest jobs that a list gives. */
const MOST = 200
const UNDER_WAY = { in: ['queued', 'running'] }

/** The space as the home of jobs: one's own, and all of them for administrators. */
const jobsKind: ResourceKind<null, { id: string; name: string }, 'list-own' | 'list-all'> = {
  name: 'jobs',
  load: (tx, spaceId) => tx.space.findUnique({ where: { id: spaceId } }),
  describe: (row) => ({ objectId: row.id, name: row.name }),
  actions: {
    'list-own': {
      allows: () => ({ allowed: true }),
      event: { msgType: 'job-read', when: 'denied-only', because: 'polling for progress' },
    },
    'list-all': {
      allows: (subject) => allowIf(subject.isAdministrator, 'to be a space administrator'),
      event: { msgType: 'job-read', when: 'denied-only', because: 'polling for progress' },
    },
  },
}

/** The jobs that the caller started, newest first. @throws Failure `forbidden` where all are asked for without being an administrator */
export function listJobs(
  ctx: Context,
  { allUsers, underWay }: { allUsers: boolean; underWay: boolean },
): Promise<ProjectJob[]> {
  return readAs(ctx, jobsKind, allUsers ? 'list-all' : 'list-own', null, async ({ tx, row, subject }) =>
    findJobs(tx, subject, row.id, {
      ...(allUsers ? {} : await startedBy(tx, subject)),
      ...(underWay ? { state: UNDER_WAY } : {}),
    }),
  )
}

/** The jobs that a condition finds, newest first, with who started each. */
export async function findJobs(
  tx: Tx,
  subject: Subject,
  spaceId: string,
  where: Prisma.JobWhereInput,
): Promise<ProjectJob[]> {
  const rows = await tx.job.findMany({
    where: { ...where, spaceId },
    orderBy: { createdAt: 'desc' },
    take: MOST,
  })
  const names = await namesOf(tx, spaceId, rows)
  return rows.map((row) => ({
    ...toJob(row),
    // Results can be large, and have addresses of their own.
    result: null,
    canCancel: isUnderWay(row.state as Job['state']),
    object: row.objectId,
    startedBy: names.get(row.id) ?? subject.name,
  }))
}

/** What one started: by oneself, or with a key of one's own. */
export async function startedBy(tx: Tx, { spaceId, userId, keyId }: Subject): Promise<Prisma.JobWhereInput> {
  const keys = userId
    ? await tx.apiKey.findMany({
        where: { spaceId, ownerId: userId, kind: 'personal' },
        select: { id: true },
      })
    : []
  const keyIds = new Set([...keys.map(({ id }) => id), ...(keyId === null ? [] : [keyId])])
  return {
    OR: [
      ...(userId === null ? [] : [{ actor: { path: ['userId'], equals: userId } }]),
      ...[...keyIds].map((id) => ({ actor: { path: ['keyId'], equals: id } })),
    ],
  }
}

/** Who started each job, as events name them. */
async function namesOf(tx: Tx, spaceId: string, rows: readonly Row[]): Promise<Map<string, string>> {
  const callers = rows.map((row) => ({ id: row.id, caller: storedCaller.parse(row.actor) as Caller }))
  const users = await tx.user.findMany({
    where: { spaceId, id: { in: callers.flatMap(({ caller: c }) => (c.kind === 'user' ? [c.userId] : [])) } },
    select: { id: true, login: true },
  })
  const keys = await tx.apiKey.findMany({
    where: { spaceId, id: { in: callers.flatMap(({ caller: c }) => (c.kind === 'key' ? [c.keyId] : [])) } },
    select: { id: true, label: true, kind: true, owner: { select: { login: true } } },
  })
  const byUser = new Map(users.map(({ id, login }) => [id, login]))
  const byKey = new Map(keys.map(({ id, label, owner }) => [id, owner ? owner.login : `key:${label}`]))
  return new Map(
    callers.map(({ id, caller }) => {
      if (caller.kind === 'user') return [id, byUser.get(caller.userId) ?? '']
      return [id, caller.kind === 'key' ? (byKey.get(caller.keyId) ?? '') : `system:${caller.job}`]
    }),
  )
}
