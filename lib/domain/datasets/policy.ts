import { ALLOWED, type Decision, refuse, type Subject } from '../access/subject'
import { allowsReadingDatasets, type ConnectionFacts, mayUse } from '../connections/policy'
import { type ProjectFacts, requireLevel } from '../projects/policy'

/** What decides about a dataset: its project's members, and its connection's lists and switch. */
export interface DatasetFacts {
  name: string
  project: ProjectFacts
  connection: ConnectionFacts & { removedAt: Date | null; removedBy: string | null }
}

/** Seeing that it exists, its settings and its place in the Flow. */
export const decideSee = (subject: Subject, dataset: DatasetFacts): Decision =>
  requireLevel(subject, dataset.project, 'read')

/** Reading its records: the project, and where the switch says so the connection as well. */
export function decideRead(subject: Subject, dataset: DatasetFacts, at: Date): Decision {
  const byProject = decideSee(subject, dataset)
  if (!byProject.allowed) return byProject
  const { connection } = dataset
  if (connection.removedAt)
    return refuse(removedNeed(connection.name, connection.removedBy, connection.removedAt))
  if (allowsReadingDatasets(subject, connection, at)) return ALLOWED
  return refuse(
    `to be named in “Freely usable by” of ${connection.name}, as “Also required to read datasets on this connection” is on there; ${subject.name} is not`,
  )
}

/** Changing its settings: write in the project, and the use of its connection; from one that is gone it can be moved. */
export function decideEdit(subject: Subject, dataset: DatasetFacts, at: Date): Decision {
  const byProject = requireLevel(subject, dataset.project, 'write')
  if (!byProject.allowed) return byProject
  const { connection } = dataset
  if (connection.removedAt || mayUse(subject, connection, at)) return ALLOWED
  return refuse(`to be named in “Freely usable by” of ${connection.name}`)
}

/** Deleting the dataset needs no connection: nothing of the bucket is touched. */
export const decideDelete = (subject: Subject, dataset: DatasetFacts): Decision =>
  requireLevel(subject, dataset.project, 'write')

const removedNeed = (name: string, by: string | null, at: Date) =>
  `the connection ${name}, which ${by ?? 'someone'} removed on ${at.toISOString().slice(0, 10)} at ${at.toISOString().slice(11, 16)} UTC; the dataset works again when it is back, or when another connection is chosen in its settings`
