import type { JobError, ProjectJob } from '../progress/wire'

/** What is known of how a job went, a line each, with its time in UTC. */
export function writeJobLog(job: ProjectJob): string {
  const { kind, object, createdAt, startedAt, finishedAt, message, state, error, startedBy } = job
  const endedAt = finishedAt ?? createdAt
  const lines = [
    `${createdAt} ${kind} of ${object ?? 'nothing'} was asked for by ${startedBy}`,
    ...(startedAt === null ? [] : [`${startedAt} began`]),
    ...(message === '' ? [] : [`${finishedAt ?? startedAt ?? createdAt} ${message}`]),
    ...(error === null ? [] : [`${endedAt} ${sayError(error)}`]),
    ...(finishedAt === null ? [] : [`${finishedAt} ${state}`]),
  ]
  return `${lines.join('\n')}\n`
}

const sayError = ({ reason, code, message, remedy }: JobError): string =>
  [`${reason ?? code}: ${message}`, ...(remedy === undefined ? [] : [remedy])].join(' ')
