import { type Interval, isCurrent } from '../access/interval'
import {
  ALLOWED,
  administratorsOnly,
  type Decision,
  refuse,
  refuseUnseen,
  SPACE_ADMINISTRATORS,
  type Subject,
} from '../access/subject'

/** One line of a connection's lists, as an interval. */
export interface GrantFacts extends Interval {
  kind: 'use' | 'details'
  principal: 'everyone' | 'group' | 'user'
  groupId: string | null
  groupName: string | null
  userId: string | null
}

/** All that decides who may do what to a connection. */
export interface ConnectionFacts {
  name: string
  /** Those who may not use it do not even see its name. */
  hidden: boolean
  grants: readonly GrantFacts[]
  /** "Also required to read datasets on this connection". */
  readRequired: boolean
}

/** Using comes from the list alone, for administrators too. */
export const mayUse = (subject: Subject, connection: ConnectionFacts, at: Date): boolean =>
  holds(subject, connection, 'use', at)

/** Bucket, endpoint, region and role; never the secret. */
export const mayReadDetails = (subject: Subject, connection: ConnectionFacts, at: Date): boolean =>
  subject.isAdministrator || subject.isAuditor || holds(subject, connection, 'details', at)

/** Governing is an administrator's right and cannot be taken away. */
export const mayGovern = (subject: Subject): boolean => subject.isAdministrator

/** Auditors see connections, their lists and who can access; they change nothing. */
export const mayAudit = (subject: Subject): boolean => subject.isAdministrator || subject.isAuditor

/** Name, type and "locked" are for everyone, unless an administrator hides even that. */
export const maySee = (subject: Subject, connection: ConnectionFacts, at: Date): boolean =>
  !connection.hidden || mayUse(subject, connection, at) || mayReadDetails(subject, connection, at)

/** What the connection says to reading a dataset on it, beyond the project's own rights. */
export const allowsReadingDatasets = (subject: Subject, connection: ConnectionFacts, at: Date): boolean =>
  !connection.readRequired || mayUse(subject, connection, at)

/** Whether somebody may make datasets on a connection and browse it. */
export function decideUse(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  return mayUse(subject, connection, at) ? ALLOWED : refuseUse(subject, connection, at)
}

/** Whether somebody may open the page of a connection: who may use it, and who may read its details. */
export function decideOpen(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  if (mayUse(subject, connection, at) || mayReadDetails(subject, connection, at)) return ALLOWED
  return refuseUse(subject, connection, at)
}

/** Bucket, endpoint, region and role; using the connection does not give it. */
export function decideReadDetails(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  if (mayReadDetails(subject, connection, at)) return ALLOWED
  const need = `to be in Details readable by of ${connection.name}`
  return maySee(subject, connection, at) ? refuse(need) : refuseUnseen(need)
}

/** A session that reaches the store past Launchpad: for who may use the connection and know where it leads. */
export function decideIssue(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  const byDetails = decideReadDetails(subject, connection, at)
  if (!byDetails.allowed) return byDetails
  // It would reach further than the one project.
  if (subject.project) return refuse('another key than one of a project')
  return decideUse(subject, connection, at)
}

/** Whether somebody may change a connection and who may use it. */
export function decideGovern(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  if (maySee(subject, connection, at)) return administratorsOnly(subject)
  return refuseUnseen('to be a space administrator')
}

/** Whether somebody may see who may use a connection, and what happened to it. */
export function decideAudit(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  if (mayAudit(subject)) return ALLOWED
  const need = 'to be a space administrator or an auditor'
  return maySee(subject, connection, at) ? refuse(need) : refuseUnseen(need)
}

function refuseUse(subject: Subject, connection: ConnectionFacts, at: Date): Decision {
  const need = `to be named in “Freely usable by” of ${connection.name}`
  return maySee(subject, connection, at) ? refuse(need) : refuseUnseen(need)
}

function holds(subject: Subject, connection: ConnectionFacts, kind: GrantFacts['kind'], at: Date): boolean {
  return connection.grants.some(
    (grant) => grant.kind === kind && isCurrent(grant, at) && isFor(subject, grant),
  )
}

function isFor(subject: Subject, grant: GrantFacts): boolean {
  if (grant.principal === 'everyone') return true
  if (grant.principal === 'user') return grant.userId !== null && grant.userId === subject.userId
  if (grant.groupId !== null && subject.groupIds.has(grant.groupId)) return true
  // A global key with the rights of administrators is in no group, and stands for theirs.
  return subject.isAdministrator && grant.groupName === SPACE_ADMINISTRATORS
}
