import 'server-only'
import { allowIf, refuseUnseen, type Subject } from '#lib/domain/access/subject'
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

/** A job belongs to whoever started it, by themselves or with a key of their own; administrators see and stop all. */
function startedIt(subject: Subject, { caller, personOfKey }: JobRow): boolean {
  if (caller.kind === 'user') return caller.userId === subject.userId
  if (caller.kind !== 'key') return false
  return caller.keyId === subject.keyId || (personOfKey !== null && personOfKey === subject.userId)
}

export const jobKind: ResourceKind<{ jobId: string }, JobRow, 'read' | 'cancel'> = {
  name: 'job',
  load,
  describe: (row) => ({ objectId: row.id, name: row.kind }),
  actions: {
    read: {
      allows: (subject, row) =>
        startedIt(subject, row) || subject.isAdministrator
          ? { allowed: true }
          : refuseUnseen('to have started this job'),
      event: { msgType: 'job-read', when: 'denied-only', because: 'polling for progress' },
    },
    cancel: {
      allows: (subject, row) => {
        if (startedIt(subject, row) || subject.isAdministrator) return { allowed: true }
        return refuseUnseen('to have started this job')
      },
      event: { msgType: 'job-cancel', when: 'changed' },
    },
  },
}

/** Tells whether somebody may cancel a job: who started it, and administrators. */
export const mayCancel = (subject: Subject, row: JobRow) =>
  allowIf(startedIt(subject, row) || subject.isAdministrator, 'to have started this job').allowed
