import { expect, test } from 'vitest'
import { parseExactJson } from '../exact-json'
import { fromDssDataset } from './dss-json'

test.each([
  [[], 'A dataset has to be an object in { }, and is a list.'],
  ['x', 'A dataset has to be an object in { }, and is a text.'],
  [{ params: { path: 7 } }, 'params.path has to be a text, and is a number.'],
  [{ params: [] }, 'params has to be an object in { }, and is a list.'],
  [{ schema: { columns: [{ type: 'int' }] } }, 'schema.columns.0.name is missing: it has to be a text.'],
])('says in words what a dataset of %j lacks', (json, message) => {
  const read = fromDssDataset(json)
  expect(read.ok ? [] : read.issues.map((issue) => issue.message)).toContain(message)
})

test('a number that would be rounded is told as the number it is', () => {
  const read = fromDssDataset(parseExactJson('{"params":{"path":9007199254740993}}'))
  expect(read.ok ? [] : read.issues.map((issue) => issue.message)).toContain(
    'params.path has to be a text, and is a number with more digits than are kept here.',
  )
})
