import { expect, test } from 'vitest'
import { crumbsOfPath } from './crumbs-of-path'

const place = { space: 'Aurora', home: '/launchpad' }

test.each([
  ['/launchpad', 'Aurora'],
  ['/launchpad/connections', 'Aurora / Connections'],
  ['/launchpad/connections/lake-raw/permissions', 'Aurora / Connections / lake-raw'],
  ['/launchpad/connections/new', 'Aurora / Connections / New'],
  ['/launchpad/users/groups', 'Aurora / Users & access management'],
  ['/launchpad/nowhere', 'Aurora'],
  ['/keys', 'Aurora / Your API keys'],
  ['/projects', 'Projects'],
  ['/projects/AUDIT/flow', 'Projects / AUDIT'],
  ['/projects/AUDIT/datasets/new', 'Projects / AUDIT / New Amazon S3 dataset'],
  ['/projects/AUDIT/datasets/instance_audit_logs/explore', 'Projects / AUDIT / instance_audit_logs'],
  ['/projects/%E0%A4%A/flow', 'Projects / %E0%A4%A'],
])('%s stands at %s', (pathname, words) => {
  const crumbs = crumbsOfPath(pathname, place)
  expect(crumbs.map((crumb) => crumb.label).join(' / ')).toBe(words)
  expect(crumbs.at(-1)?.href).toBeUndefined()
})
