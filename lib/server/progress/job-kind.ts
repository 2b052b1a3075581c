import 'server-only'
import { ALLOWED, type Decision, refuseUnseen, type Subject } from '#lib/domain/access/subject'
import { type Caller, storedCaller } from '../access/caller'
import type { ResourceKind } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'

async function load(tx: Tx, spaceId: string, ref: { jobId: string }) {
  const row = await tx.job.findUnique({ where: { spaceId_id: { spaceId, id: ref.jobId } } })
  if (!row) return null
  const caller: Caller = storedCaller.parse(row.actor)
  const key =
    caller.kind === 'key'
      ? await tx.apiKey.findUnique({ where: { spaceId_id: { spaceId, id: caller.keyId } } })
      : null
  return { ...row, caller, personOfKey: key?.kind === 'personal' ? key.ownerId : null }
}

export type JobRow = NonNullable<Awaited<ReturnType<typeof load>>>

function startedIt(subject: Subject, { caller, personOfKey }: JobRow): boolean {
  if (caller.kind === 'user') return caller.userId === subject.userId
  if (caller.kind !== 'key') return false
  return caller.keyId === subject.keyId || (personOfKey !== null && personOfKey === subject.userId)
}

/** A job belongs to whoever started it, by themselves or with a key of their own; administrators see and stop all. */
const decideFollow = (subject: Subject, row: JobRow): Decision =>
  startedIt(subject, row) || subject.isAdministrator ? ALLOWED : refuseUnseen('to have started this job')

export const jobKind: ResourceKind<{ jobId: string }, JobRow, 'read' | 'cancel'> = {
  name: 'job',
  load,
  describe: (row) => ({ objectId: row.id, name: row.kind }),
  actions: {
    read: {
      allows: decideFollow,
      event: { msgType: 'job-read', when: 'denied-only', because: 'polling for progress' },
    },
    cancel: { allows: decideFollow, event: { msgType: 'job-cancel', when: 'changed' } },
  },
}

/** Tells whether somebody may cancel a job: who started it, and administrators. */
export const mayCancel = (subject: Subject, row: JobRow): boolean => decideFollow(subject, row).allowed
