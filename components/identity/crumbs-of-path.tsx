import type { Crumb } from '#components/layout/crumbs'
import { PAGES } from '#lib/domain/identity/pages'

interface Place {
  space: string
  /** Where the space's own crumb leads. */
  home: string
}

const WORDS: Record<string, string> = { new: 'New' }

/**
 * Where a page stands, from its address: `/launchpad/connections/lake-raw/permissions` is
 * Aurora / Connections / lake-raw; `/projects/AUDIT/datasets/logs/explore` is Projects / AUDIT / logs.
 */
export function crumbsOfPath(pathname: string, { space, home }: Place): Crumb[] {
  const segments = pathname.split('/').filter(Boolean).map(decode)
  if (segments[0] === 'projects') return projectCrumbs(segments)
  const root: Crumb = { label: space, href: home }
  if (pathname === '/api/docs') return [root, { label: 'API' }]
  if (segments[0] === 'keys') return [root, { label: 'Your API keys' }]
  const page = PAGES.find(({ href }) => href === `/launchpad/${segments[1]}`)
  if (!page) return [{ label: space }]
  const thing = segments[2]
  // The tabs of Users are pages of one thing.
  if (thing === undefined || page.id === 'users') return [root, { label: page.label }]
  return [root, { label: page.label, href: page.href }, { label: WORDS[thing] ?? thing }]
}

function projectCrumbs([, key, kind, name]: string[]): Crumb[] {
  const root: Crumb = { label: 'Projects', href: '/projects' }
  if (key === undefined) return [{ label: 'Projects' }]
  const project: Crumb = { label: key, href: `/projects/${encodeURIComponent(key)}/flow` }
  if (kind !== 'datasets' || name === undefined) return [root, { label: key }]
  return [root, project, { label: name === 'new' ? 'New Amazon S3 dataset' : name }]
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
