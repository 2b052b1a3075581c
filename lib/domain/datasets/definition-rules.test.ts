import { expect, it } from 'vitest'
import { newDefinition } from './definition'
import { definitionIssues } from './definition-rules'

const facts = { projectKey: 'AUDIT', name: 'logs' }
const paths = (change: object, standing?: object) =>
  definitionIssues(
    { ...newDefinition(), ...change },
    facts,
    standing && { ...newDefinition(), ...standing },
  ).map(({ path }) => path?.join('.'))

it.each<[string, object]>([
  ['name', { name: 'EVIL' }],
  ['projectKey', { projectKey: 'OTHER' }],
  ['projectKey', { projectKey: 5 }],
  ...[true, 'true', 5, {}].map((managed): [string, object] => ['managed', { managed }]),
  ...['x', 5, {}, null].map((tags): [string, object] => ['tags', { tags }]),
  ['tags.1', { tags: ['a', null] }],
  ['description', { description: 5 }],
  ['shortDesc', { shortDesc: [] }],
  ['customMeta', { customMeta: [1] }],
  ['customMeta.kv', { customMeta: { kv: 5 } }],
  ['checklists.checklists', { checklists: { checklists: 5 } }],
  ['schema.columns.0.type', { schema: { columns: [{ name: 'a', type: 'zzz' }], userModified: false } }],
  ['notes', { notes: 'x'.repeat(66_000) }],
])('a definition that comes any way is refused at %s', (path, change) => {
  expect(paths(change)).toEqual([path])
})

it('takes what it was given out with, and leaves what stands', () => {
  const given = { ...facts, managed: false, tags: ['a'], versionTag: { versionNumber: 1 } }
  expect(paths(given)).toEqual([])
  for (const odd of [{ tags: null }, { checklists: { checklists: 5 } }]) expect(paths(odd, odd)).toEqual([])
})

it.each([
  ['params.filesSelectionRules.huge', { huge: 'x'.repeat(66_000) }],
  [
    'params.filesSelectionRules.excludeRules.0.huge',
    { excludeRules: [{ mode: 'GLOB', matchingMode: 'FILENAME', expr: '*', huge: 'x'.repeat(66_000) }] },
  ],
])('counts what is kept with the selection of files: %s', (path, change) => {
  const { params } = newDefinition()
  const filesSelectionRules = { ...params.filesSelectionRules, ...change }
  expect(paths({ params: { ...params, filesSelectionRules } })).toEqual([path])
})
