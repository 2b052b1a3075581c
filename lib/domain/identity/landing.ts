import type { PageId } from './pages'

const INVISIBLE = /[\p{Cc}\\]/u

/**
 * Where to go after signing in: a path of our own pages, or null. `"/projects/AUDIT/flow?x=1"` stays;
 * `"//evil.example"`, `"https://evil.example/"` and `"/\evil"` do not.
 */
export function parseNextPath(text: string | null | undefined): string | null {
  if (!text?.startsWith('/') || text.startsWith('//') || INVISIBLE.test(text)) return null
  const base = 'http://launchpad.invalid'
  if (!URL.canParse(text, base)) return null
  const url = new URL(text, base)
  if (url.origin !== base || url.pathname.startsWith('//')) return null
  return `${url.pathname}${url.search}${url.hash}`
}

/** The page a person lands on: administrators on Overview, auditors on Connections, everyone else on Projects. */
export function landingPage(person: { isAdministrator: boolean; isAuditor: boolean }): PageId {
  if (person.isAdministrator) return 'overview'
  return person.isAuditor ? 'connections' : 'projects'
}
