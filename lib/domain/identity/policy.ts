import {
  ALLOWED,
  administratorsOnly,
  allowIf,
  type Decision,
  refuse,
  refuseUnseen,
  type Subject,
} from '../access/subject'
import { type ProjectFacts, requireLevel } from '../projects/policy'

/** Ending one's own account would leave nobody to undo it. */
export function mayDisable(subject: Subject, user: { id: string }): Decision {
  if (subject.userId === user.id) return refuse('another administrator to disable your account')
  return administratorsOnly(subject)
}

/** A password belongs to its person, who has signed in; a key is not enough. */
export const mayChangePassword = (subject: Subject): Decision =>
  allowIf(subject.kind === 'user', 'to be signed in as a person')

/** A person, or a personal key of theirs: what a key makes ends with it. */
export const mayCreatePersonalKey = (subject: Subject): Decision =>
  allowIf(subject.userId !== null, 'to be a person, or to use a personal key')

/** Who administers the project; a key of the project itself makes no further ones. */
export function mayCreateProjectKey(subject: Subject, project: ProjectFacts): Decision {
  const byProject = requireLevel(subject, project, 'admin')
  if (!byProject.allowed || subject.project === undefined) return byProject
  return refuse('another key than one of the project')
}

/** What a group may use, a project's key gets from who may use it: somebody in the group, or an administrator. */
export const mayLendGroup = (subject: Subject, groupId: string): boolean =>
  subject.isAdministrator || subject.groupIds.has(groupId)

/** What deciding about a key looks at. */
export interface KeyOwnership {
  kind: string
  ownerId: string | null
  project: ProjectFacts | null
}

/** Others' personal keys are nobody's business but the administrators'. */
export function mayRevokeKey(subject: Subject, key: KeyOwnership): Decision {
  if (subject.isAdministrator) return ALLOWED
  if (key.kind === 'project')
    return key.project
      ? mayCreateProjectKey(subject, key.project)
      : refuseUnseen('to be a space administrator')
  if (key.kind === 'global')
    return subject.isAuditor ? administratorsOnly(subject) : refuseUnseen('to be a space administrator')
  return subject.userId !== null && key.ownerId === subject.userId ? ALLOWED : refuseUnseen('to own this key')
}

/** Global keys are changed by administrators; others' keys are not seen. */
export const maySaveKey = (subject: Subject, key: KeyOwnership): Decision =>
  key.kind === 'global' ? mayRevokeKey(subject, key) : refuseUnseen('a global key')

/** Only people have settings of their own. */
export const mayHaveSettings = (subject: Subject): Decision =>
  allowIf(subject.userId !== null, 'to be a person, or to use the key of one')

/** Administrators, and programs of the whole space that say what they do. */
export const mayLogCustomEvents = (subject: Subject): Decision =>
  allowIf(
    subject.isAdministrator ||
      (subject.kind === 'key' && subject.userId === null && subject.project === undefined),
    'to be a space administrator, or to use a global key',
  )
