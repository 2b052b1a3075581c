import { expect, test } from 'vitest'
import {
  fromDssMetadata,
  fromDssPermissions,
  permissionIssues,
  toDssMetadata,
  toDssPermission,
} from './dss-json'

test('metadata that is sent back keeps what nobody here knows', () => {
  const row = { name: 'Audit', description: 'Logs', metadata: { tags: ['a'], projectStatus: 'Sandbox' } }
  const metadata = toDssMetadata(row)
  expect(metadata).toEqual({
    label: 'Audit',
    description: 'Logs',
    shortDesc: '',
    tags: ['a'],
    checklists: { checklists: [] },
    customMeta: { kv: {} },
    projectStatus: 'Sandbox',
  })
  const next = fromDssMetadata(metadata, { tags: ['b'], label: null, color: '#fff' })
  expect(next).toMatchObject({
    name: 'Audit',
    metadata: { tags: ['b'], projectStatus: 'Sandbox', color: '#fff' },
  })
  expect(next.metadata).not.toHaveProperty('label')
})

test('each level reads back as itself', () => {
  for (const level of ['read', 'write', 'admin'] as const) {
    const member = { principal: 'group', name: 'designers', level } as const
    expect(fromDssPermissions([toDssPermission(member)])).toEqual([member])
  }
})

test('the highest flag counts; without one of ours a line gives no right', () => {
  expect(
    fromDssPermissions([
      { group: 'a', readProjectContent: true },
      { group: 'a', writeProjectContent: true },
      { user: 'a', admin: true },
      { group: 'b', runScenarios: true },
      { readProjectContent: true },
    ]),
  ).toEqual([
    { principal: 'group', name: 'a', level: 'write' },
    { principal: 'user', name: 'a', level: 'admin' },
  ])
})

test('a line that would give another right than it asks for is refused by its path', () => {
  const lines = [
    { group: 'a', readProjectContent: true, exportDatasetsData: false },
    { group: 'a', admin: true, exportDatasetsData: false },
    { group: 'a', runScenarios: true },
    { group: null, user: '', admin: true },
    { group: 'a', readProjectContent: true, readDashboards: true },
    { group: 'a', readProjectContent: false },
    toDssPermission({ principal: 'group', name: 'a', level: 'read' }),
  ]
  expect(permissionIssues(lines).map(({ path }) => path?.join('.'))).toEqual([
    'permissions.0.exportDatasetsData',
    'permissions.2.runScenarios',
    'permissions.3',
  ])
})
