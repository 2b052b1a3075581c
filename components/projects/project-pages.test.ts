import { expect, test } from 'vitest'
import { projectEntries } from './project-pages'

test('a project has its pages to go to, wherever in it one is', () => {
  const hrefs = ['/projects/A%20B/flow', '/projects/A%20B/members']
  for (const pathname of ['/projects/A%20B', '/projects/A%20B/datasets/logs/explore'])
    expect(projectEntries(pathname).map(({ href }) => href)).toEqual([
      hrefs[0],
      '/projects/A%20B/jobs',
      hrefs[1],
    ])
  expect(projectEntries('/projects/%E0%A4%A/flow')).toHaveLength(3)
})

test.each(['/projects', '/launchpad/connections', '/keys'])('%s is in no project', (pathname) => {
  expect(projectEntries(pathname)).toEqual([])
})
