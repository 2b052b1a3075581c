import { expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { type ScannedObject, selectorOf } from './scan-files'
import { FilesTally } from './tally-files'

test('a chosen file that is archived is left out for that, and not told as not found', () => {
  const definition = newDefinition()
  const explicitFiles = ['/cold.csv', 'warm.csv', '/gone.csv']
  definition.params.filesSelectionRules = {
    ...definition.params.filesSelectionRules,
    mode: 'EXPLICIT_SELECT_FILES',
    explicitFiles,
  }
  const selector = selectorOf(definition)
  const objectOf = (path: string, storageClass: string): ScannedObject => {
    const object = { path, sizeBytes: 5, modifiedAtMs: 1, storageClass, exclusion: null }
    return { ...object, exclusion: selector.exclusionOf(object) }
  }
  const tally = new FilesTally(definition, selector)
  tally.add([objectOf('/cold.csv', 'GLACIER'), objectOf('/warm.csv', 'STANDARD')])
  expect(tally.report(true)).toMatchObject({
    kept: 1,
    excluded: { archived: 1 },
    leftOut: { archived: ['/cold.csv'] },
    notFound: ['/gone.csv'],
  })
})
