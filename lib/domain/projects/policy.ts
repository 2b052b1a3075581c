import { ALLOWED, allowIf, type Decision, refuse, refuseUnseen, type Subject } from '../access/subject'

export const PROJECT_LEVELS = ['read', 'write', 'admin'] as const
export type ProjectLevel = (typeof PROJECT_LEVELS)[number]

/** What a project's policy looks at: whose it is, and its members whose right is in force. */
export interface ProjectFacts {
  id: string
  key: string
  ownerId: string
  members: { level: string; groupId: string | null; userId: string | null }[]
}

const rank = (level: string) => PROJECT_LEVELS.indexOf(level as ProjectLevel)

/**
 * The highest level a subject has through any membership; null when none. Space administrators are admin everywhere, and who owns a
 * project administers it, whatever its members are.
 */
export function levelOf(subject: Subject, project: ProjectFacts): ProjectLevel | null {
  if (subject.isAdministrator) return 'admin'
  if (subject.project) return subject.project.id === project.id ? levelNamed(subject.project.level) : null
  if (owns(subject, project)) return 'admin'
  const levels = project.members
    .filter((member) => belongs(subject, member))
    .map((member) => rank(member.level))
  const highest = Math.max(-1, ...levels)
  return PROJECT_LEVELS[highest] ?? null
}

/** Programs have no rights of owners: another key may have their name. */
const owns = (subject: Subject, project: ProjectFacts): boolean =>
  subject.userId !== null && subject.userId === project.ownerId

const levelNamed = (level: string): ProjectLevel | null => PROJECT_LEVELS[rank(level)] ?? null

function belongs(subject: Subject, member: { groupId: string | null; userId: string | null }): boolean {
  if (member.userId !== null) return member.userId === subject.userId
  return member.groupId !== null && subject.groupIds.has(member.groupId)
}

/** Refuses below `needed`; who may not even read does not learn that the project exists. */
export function requireLevel(subject: Subject, project: ProjectFacts, needed: ProjectLevel): Decision {
  const level = levelOf(subject, project)
  if (level === null) return refuseUnseen(`to be a member of project ${project.key}`)
  if (rank(level) >= rank(needed)) return ALLOWED
  return refuse(`the ${needed} permission on project ${project.key}`)
}

/** A project is handed over by its owner, or by a space administrator. */
export function mayHandOver(subject: Subject, project: ProjectFacts): Decision {
  const byProject = requireLevel(subject, project, 'read')
  if (!byProject.allowed) return byProject
  return allowIf(
    subject.isAdministrator || owns(subject, project),
    `to own project ${project.key}, or to be a space administrator`,
  )
}

/** Who may make projects: administrators and designers. */
export function mayCreateProjects(subject: Subject): boolean {
  return subject.isAdministrator || subject.groupNames.has('designers')
}
