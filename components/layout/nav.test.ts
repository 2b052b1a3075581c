import { expect, test } from 'vitest'
import { findCurrent, type NavEntry } from './nav'
import { initials } from './user-menu'

const nav: NavEntry[] = [
  { href: '/launchpad', label: 'Overview', icon: 'gauge' },
  { href: '/launchpad/connections', label: 'Connections', icon: 'plug' },
  { href: '/projects', label: 'Projects', icon: 'folder' },
]

test.each([
  ['/launchpad', '/launchpad'],
  ['/launchpad/connections', '/launchpad/connections'],
  ['/launchpad/connections/dku-audit-log/permissions', '/launchpad/connections'],
  ['/launchpad/connections-old', '/launchpad'],
  ['/projects/AUDIT', '/projects'],
  ['/elsewhere', null],
])('%s is in the section %s', (pathname, href) => {
  expect(findCurrent(nav, pathname)).toBe(href)
})

test.each([
  ['Ada Lind', 'AL'],
  ['ada maria lind', 'AL'],
  ['Cher', 'C'],
  ['', ''],
  ['Élodie Ünal', 'ÉÜ'],
])('the initials of %j are %j', (name, text) => {
  expect(initials(name)).toBe(text)
})
