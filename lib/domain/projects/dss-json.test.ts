import { expect, test } from 'vitest'
import { fromDssMetadata, toDssMetadata } from './dss-json'

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
