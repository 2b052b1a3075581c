import {
  ALLOWED,
  administratorsOnly,
  allowIf,
  type Decision,
  refuse,
  refuseUnseen,
  type Subject,
} from '../access/subject'

/** Ending one's own account would leave nobody to undo it. */
export function mayDisable(subject: Subject, user: { id: string }): Decision {
  if (subject.userId === user.id) return refuse('another administrator to disable your account')
  return administratorsOnly(subject)
}

/** A password belongs to its person, who has signed in; a key is not enough. */
export const mayChangePassword = (subject: Subject): Decision =>
  allowIf(subject.kind === 'user', 'to be signed in as a person')

/** A key that could make keys would outlive its own end. */
export const mayCreatePersonalKey = (subject: Subject): Decision =>
  allowIf(subject.kind === 'user', 'to be signed in as a person')

/** Others' personal keys are nobody's business but the administrators'. */
export function mayRevokeKey(subject: Subject, key: { kind: string; ownerId: string | null }): Decision {
  if (subject.isAdministrator) return ALLOWED
  if (key.kind === 'global')
    return subject.isAuditor ? administratorsOnly(subject) : refuseUnseen('to be a space administrator')
  return subject.userId !== null && key.ownerId === subject.userId ? ALLOWED : refuseUnseen('to own this key')
}
