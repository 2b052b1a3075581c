import type { GoToEntry } from '#components/layout/go-to-anything'
import type { IconName } from '#components/ui/icon'

/** The pages of a project, in the order of its tabs. */
export const PROJECT_TABS = ['flow', 'jobs', 'members'] as const
export type ProjectTab = (typeof PROJECT_TABS)[number]

export const PROJECT_TAB_LABELS: Record<ProjectTab, string> = {
  flow: 'Flow',
  jobs: 'Jobs',
  members: 'Members',
}

const ICONS: Record<ProjectTab, IconName> = { flow: 'fork', jobs: 'clock', members: 'users' }

/** The address of a page of a project: `/projects/AUDIT/jobs`. */
export const projectAddress = (projectKey: string, tab: ProjectTab): string =>
  `/projects/${encodeURIComponent(projectKey)}/${tab}`

/** The pages of the project that an address is in, to go to; none outside of projects. */
export function projectEntries(pathname: string): GoToEntry[] {
  const segment = /^\/projects\/([^/]+)/.exec(pathname)?.[1]
  if (segment === undefined) return []
  const key = decode(segment)
  return PROJECT_TABS.map((tab) => ({
    id: projectAddress(key, tab),
    label: PROJECT_TAB_LABELS[tab],
    second: key,
    group: 'This project',
    href: projectAddress(key, tab),
    icon: ICONS[tab],
  }))
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
