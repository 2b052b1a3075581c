import { expect, test } from 'vitest'
import { membersAmong, permissionIssues, readPermissionLines, toDssPermission } from './dss-permissions'

test('each level reads back as itself', () => {
  for (const level of ['read', 'write', 'admin'] as const) {
    const member = { principal: 'group', name: 'designers', level } as const
    expect(membersAmong(readPermissionLines([toDssPermission(member)]))).toEqual([member])
  }
})

test('the highest flag counts; without one of ours a line gives no right', () => {
  expect(
    readPermissionLines([
      { group: 'a', readProjectContent: true },
      { group: 'a', writeProjectContent: true },
      { user: 'a', admin: true },
      { group: 'b', runScenarios: true },
      { readProjectContent: true },
    ]),
  ).toEqual([
    {
      principal: 'group',
      name: 'a',
      level: 'write',
      flags: { readProjectContent: true, writeProjectContent: true },
    },
    { principal: 'user', name: 'a', level: 'admin', flags: { admin: true } },
    { principal: 'group', name: 'b', level: null, flags: { runScenarios: true } },
  ])
})

test('a line that would give another right than it asks for is refused by its path', () => {
  const lines = [
    { group: 'a', readProjectContent: true, exportDatasetsData: false },
    { group: 'a', admin: true, exportDatasetsData: false },
    { group: 'a', runScenarios: true },
    { group: null, user: '', admin: true },
    { group: 'a', user: 'b' },
    {},
    { group: 'a', readProjectContent: true, readDashboards: true },
    { group: 'a', readProjectContent: false },
    toDssPermission({ principal: 'group', name: 'a', level: 'read' }),
  ]
  expect(permissionIssues(lines).map(({ path }) => path?.join('.'))).toEqual([
    'permissions.0.exportDatasetsData',
    'permissions.2.runScenarios',
    'permissions.3',
    'permissions.4',
    'permissions.5',
  ])
})

test('of a line that stands twice nothing is lost', () => {
  const lines = [
    { user: 'Ada', admin: true, readDashboards: true },
    { user: 'ada', readDashboards: false, note: 'x' },
  ]
  expect(readPermissionLines(lines)).toEqual([
    {
      principal: 'user',
      name: 'ada',
      level: 'admin',
      flags: { admin: true, readDashboards: true, note: 'x' },
    },
  ])
})
