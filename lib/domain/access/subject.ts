/** Groups that exist from the start. The first can be neither deleted nor emptied. */
export const SPACE_ADMINISTRATORS = 'space_administrators'
export const DESIGNERS = 'designers'
export const AUDITORS = 'auditors'
/** Made by the extension API node. */
export const DEPLOYERS = 'deployers'

/** Who asks, with the rights they have at this moment: what every policy decides on. */
export interface Subject {
  kind: 'user' | 'key' | 'system'
  spaceId: string
  /** The person whose rights apply: the user, or the owner of a personal key. */
  userId: string | null
  keyId: string | null
  /** As events and histories name them: `"ada"`, `"key:nightly export"`, `"system:deliver-events"`. */
  name: string
  groupIds: ReadonlySet<string>
  groupNames: ReadonlySet<string>
  isAdministrator: boolean
  isAuditor: boolean
  /** Of a project key: the one project that it opens, and how far. */
  project?: { id: string; level: string } | undefined
}

/** What a policy answers. `visible` tells 403 (may know of it) from 404 (may not). */
export type Decision = { allowed: true } | { allowed: false; visible: boolean; need: string }

export const ALLOWED: Decision = { allowed: true }

/** Refuses with what is missing: `refuse("to be a space administrator")`. */
export const refuse = (need: string): Decision => ({ allowed: false, visible: true, need })

/** Refuses in a way that does not tell whether the thing exists. */
export const refuseUnseen = (need: string): Decision => ({ allowed: false, visible: false, need })

/** Allows on a condition; otherwise refuses, saying what it takes: `"to be a space administrator"`. */
export const allowIf = (condition: boolean, need: string): Decision => (condition ? ALLOWED : refuse(need))

/** What only space administrators may. */
export const administratorsOnly = (subject: Subject): Decision =>
  allowIf(subject.isAdministrator, 'to be a space administrator')

/** What space administrators may, and auditors. */
export const administratorsAndAuditors = (subject: Subject): Decision =>
  allowIf(subject.isAdministrator || subject.isAuditor, 'to be a space administrator or an auditor')
