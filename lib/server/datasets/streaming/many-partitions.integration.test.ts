import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../testing/database'
import { addDataset, definitionOver, makeDatasetScene, PROJECT } from '../../testing/dataset-scene'
import { countHeldBytes } from '../../testing/held-bytes'
import { streamRecords } from './stream-records'

/** So many that what else the process loads meanwhile counts for little. */
const READERS = 10
const MOST_BYTES = 1024 * 1024
/** A reading rests some seconds after the last of it was taken. */
const UNTIL_ALL_REST = { timeout: 30_000, interval: 500 }

test('readers who asked for very many partitions and stand still hold little', async () => {
  const drop = await freshDatabase()
  try {
    const { mira, put } = await makeDatasetScene()
    const line = (n: number) => `${n} ${(n * 2_654_435_761) % 4_294_967_296}`
    const text = Array.from({ length: 200_000 }, (_, n) => line(n)).join('\n')
    for (const node of ['7', '8']) await put(`many/${node}/a.log.gz`, gzipSync(text))
    await addDataset(mira, 'many', {
      ...definitionOver('/many/'),
      partitioning: {
        dimensions: [{ name: 'node', type: 'value' }],
        filePathPattern: '/%{node}/.*',
        considerMissingRequestedPartitionsAsEmpty: true,
      },
    })
    const open = () =>
      streamRecords(
        mira,
        { projectKey: PROJECT, name: 'many' },
        // Made for each, as requests are.
        {
          partitions: Array.from({ length: 100_000 }, (_, n) => String(n)),
          format: 'csv',
          sessionId: null,
        },
      )
    const read = async () => {
      let bytes = 0
      for await (const chunk of await open()) bytes += chunk.length
      return bytes
    }
    const whole = await read()
    const before = await countHeldBytes()
    const streams: AsyncGenerator<Buffer, void>[] = []
    for (let reader = 0; reader < READERS; reader++) {
      const stream = await open()
      await stream.next()
      streams.push(stream)
    }
    const heldByEach = async () => ((await countHeldBytes()) - before) / READERS
    await expect.poll(heldByEach, UNTIL_ALL_REST).toBeLessThan(MOST_BYTES)
    for (const stream of streams) await stream.return()
    expect(whole).toBeGreaterThan(2 * text.length)
  } finally {
    await drop()
  }
}, 120_000)
