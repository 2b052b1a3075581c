import 'server-only'
import { allowIf, type Subject } from '#lib/domain/access/subject'
import { isUnderWay, type Job, type ProjectJob } from '#lib/domain/progress/wire'
import { readAs } from '../access/act'
import { type Caller, type Context, storedCaller } from '../access/caller'
import type { ResourceKind } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'
import type { Prisma, Job as Row } from '../platform/db/generated/client'
import { toJob } from './to-job'

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

/** The jobs that a condition finds, newest first, with who started each; `before` is the id that the page before ended with. */
export async function findJobs(
  tx: Tx,
  subject: Subject,
  spaceId: string,
  where: Prisma.JobWhereInput,
  { before, most = MOST }: { before?: string | undefined; most?: number } = {},
): Promise<ProjectJob[]> {
  const rows = await tx.job.findMany({
    where: { AND: [where, before === undefined ? {} : { id: { lt: before } }], spaceId },
    // Ids begin with the time they were made at.
    orderBy: { id: 'desc' },
    take: most,
  })
  const starters = await startersOf(tx, spaceId, rows)
  return rows.map((row) => ({
    ...toJob(row),
    // Results can be large, and have addresses of their own.
    result: null,
    canCancel: isUnderWay(row.state as Job['state']),
    object: row.objectId,
    ...(starters.get(row.id) ?? { startedBy: subject.name, origin: 'launchpad' as const, keyLabel: null }),
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

type Starter = Pick<ProjectJob, 'startedBy' | 'origin' | 'keyLabel'>

/** Who started each job, as events name them, and by what. */
async function startersOf(tx: Tx, spaceId: string, rows: readonly Row[]): Promise<Map<string, Starter>> {
  const callers = rows.map((row) => ({ id: row.id, caller: storedCaller.parse(row.actor) as Caller }))
  const users = await tx.user.findMany({
    where: { spaceId, id: { in: callers.flatMap(({ caller: c }) => (c.kind === 'user' ? [c.userId] : [])) } },
    select: { id: true, login: true },
  })
  const keys = await tx.apiKey.findMany({
    where: { spaceId, id: { in: callers.flatMap(({ caller: c }) => (c.kind === 'key' ? [c.keyId] : [])) } },
    select: { id: true, label: true, owner: { select: { login: true } } },
  })
  const byUser = new Map(users.map(({ id, login }) => [id, login]))
  const byKey = new Map(keys.map((key) => [key.id, key]))
  return new Map(callers.map(({ id, caller }) => [id, starterOf(caller)]))

  function starterOf(caller: Caller): Starter {
    if (caller.kind === 'user')
      return { startedBy: byUser.get(caller.userId) ?? '', origin: 'browser', keyLabel: null }
    if (caller.kind === 'system')
      return { startedBy: `system:${caller.job}`, origin: 'launchpad', keyLabel: null }
    const key = byKey.get(caller.keyId)
    const label = key?.label ?? null
    return {
      startedBy: key?.owner?.login ?? (label === null ? '' : `key:${label}`),
      origin: 'api-key',
      keyLabel: label,
    }
  }
}
