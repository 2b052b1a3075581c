/** Every page with an entry in the navigation, in its order. */
export const PAGES = [
  { id: 'overview', href: '/launchpad', label: 'Overview' },
  { id: 'extensions', href: '/launchpad/extensions', label: 'Extensions' },
  { id: 'connections', href: '/launchpad/connections', label: 'Connections' },
  { id: 'api-nodes', href: '/launchpad/api-nodes', label: 'API nodes' },
  { id: 'users', href: '/launchpad/users', label: 'Users & access management' },
  { id: 'settings', href: '/launchpad/settings', label: 'Settings' },
  { id: 'projects', href: '/projects', label: 'Projects' },
] as const

export type PageId = (typeof PAGES)[number]['id']

/** The address of a page: `"users"` is `"/launchpad/users"`. */
export function hrefOf(id: PageId): string {
  const page = PAGES.find((candidate) => candidate.id === id)
  return page?.href ?? '/projects'
}

const FOR_EVERYONE: readonly PageId[] = ['connections', 'projects']
const FOR_AUDITORS: readonly PageId[] = ['connections', 'users', 'projects']

/**
 * The pages a person may open, in the navigation's order. Everyone sees connections (those they may not use as locked)
 * and the projects they are a member of; auditors also who is who; administrators everything.
 */
export function pagesFor(person: { isAdministrator: boolean; isAuditor: boolean }): PageId[] {
  if (person.isAdministrator) return PAGES.map((page) => page.id)
  const open = person.isAuditor ? FOR_AUDITORS : FOR_EVERYONE
  return PAGES.map((page) => page.id).filter((id) => open.includes(id))
}
