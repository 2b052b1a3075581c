import { expect, test } from 'vitest'
import type { ConnectionRow } from '../../connections/load-connection'
import { definitionOver } from '../../testing/dataset-scene'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { explainNoFile } from './explain-no-file'

test('what was not found in some folders, and can be read in others, is not said to be unreadable', async () => {
  const { store } = await openMadeUpBucket(Array.from({ length: 1_200 }, (_, index) => `logs/${index}`))
  const said = await explainNoFile(store, {} as ConnectionRow, definitionOver('/logs/'))
  expect(said).toBe(
    'No file to read was found in the folders of /logs/ that were looked at, but 1,000 of the first 1,000 objects at /logs/ can be read. Choose one of them to preview.',
  )
})

test('files whose names no path may hold are told as such', async () => {
  const { store } = await openMadeUpBucket(['logs/line\nend.csv', 'logs/./x.csv', 'logs/tab\t.csv'])
  const said = await explainNoFile(store, {} as ConnectionRow, definitionOver('/logs/'))
  expect(said).toBe('None of the 3 objects at /logs/ can be read: 3 have names that no path may hold.')
})
