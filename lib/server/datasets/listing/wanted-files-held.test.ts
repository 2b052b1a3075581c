import { expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { openMadeUpBucket } from '../../testing/made-up-bucket'
import { findWantedFiles } from './wanted-files'

test('files that wait to be taken are listed in pages as small as they are asked for', async () => {
  const { store } = await openMadeUpBucket(Array.from({ length: 1_000 }, (_, n) => `a/${n}.log`))
  const asked: (number | undefined)[] = []
  const watched = {
    ...store,
    listAll: (request: Parameters<typeof store.listAll>[0]) => {
      asked.push(request.pageKeys)
      return store.listAll(request)
    },
  }
  const place = { store: watched, definition: newDefinition(), now: Date.now(), empties: true }
  for (const pageKeys of [undefined, 200]) {
    const files = findWantedFiles({ ...place, ...(pageKeys === undefined ? {} : { pageKeys }) }, [])
    expect((await files.next()).done).toBe(false)
    await files.return(undefined)
  }
  expect(asked).toEqual([undefined, 200])
})
