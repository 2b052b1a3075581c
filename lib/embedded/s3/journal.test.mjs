import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeFrame, Journal, replayFrames } from './journal.mjs'
import { createTestFolder } from './testing.mjs'

let folder
let file
beforeEach(async () => {
  folder = await createTestFolder()
  file = path.join(folder.dir, 'journal-000001')
})
afterEach(() => folder.remove())

async function replay() {
  const records = []
  const replayed = await replayFrames(file, (record) => records.push(record))
  return { ...replayed, records }
}

async function writeBatches(...batches) {
  const journal = await Journal.open(file, 0)
  for (const batch of batches) await journal.append(batch)
  await journal.close()
}

describe('Journal', () => {
  it('gives back what was appended', async () => {
    await writeBatches([['a', 1]], [['b', 'é😀\n'], ['c']])
    expect((await replay()).records).toEqual([['a', 1], ['b', 'é😀\n'], ['c']])
  })

  it('cut at any byte, keeps every whole batch and no part of another', async () => {
    await writeBatches(
      [
        ['a', 1],
        ['b', 2],
      ],
      [['c', 3]],
    )
    const whole = (await stat(file)).size
    const first = encodeFrame([
      ['a', 1],
      ['b', 2],
    ]).length
    const bytes = await readFile(file)
    for (let size = 0; size < whole; size++) {
      await writeFile(file, bytes.subarray(0, size))
      const { records, goodBytes } = await replay()
      expect(records.length).toBe(size >= first ? 2 : 0)
      expect(goodBytes).toBe(size >= first ? first : 0)
    }
  })

  it('goes on behind the last whole batch after a torn one', async () => {
    await writeBatches([['a']], [['b']])
    await truncate(file, (await stat(file)).size - 3)
    const { goodBytes } = await replay()
    const journal = await Journal.open(file, goodBytes)
    await journal.append([['c']])
    await journal.close()
    const { records, totalBytes, goodBytes: all } = await replay()
    expect(records).toEqual([['a'], ['c']])
    expect(all).toBe(totalBytes)
  })

  it('takes garbage at the end for a torn batch', async () => {
    await writeBatches([['a']])
    await appendFile(file, Buffer.alloc(5000, 7))
    expect((await replay()).records).toEqual([['a']])
  })

  it('refuses damage before a whole batch, which no crash can cause', async () => {
    await writeBatches([['a', 'x'.repeat(50)]], [['b']])
    const bytes = await readFile(file)
    bytes[20] ^= 1
    await writeFile(file, bytes)
    await expect(replay()).rejects.toThrow('damaged at byte 0; restore the folder from a backup')
  })

  it('reads batches larger than its buffer', async () => {
    await writeBatches([['a', 'x'.repeat(9_000_000)]], [['b']])
    expect((await replay()).records.map(([kind]) => kind)).toEqual(['a', 'b'])
  })
})

describe('Journal on a failing disk', () => {
  /** Writes half of what it is given before it fails, as a disk does that fills up. */
  function failingFile(real, failures) {
    return {
      write: (bytes, offset, length, position) => {
        const error = failures.write.shift()
        if (!error) return real.write(bytes, offset, length, position)
        return real.write(bytes, offset, length >> 1, position).then(() => Promise.reject(error))
      },
      datasync: () => (failures.sync.length > 0 ? Promise.reject(failures.sync.shift()) : real.datasync()),
      truncate: (size) => real.truncate(size),
      sync: () => real.sync(),
      close: () => real.close(),
    }
  }
  const failure = (code) => Object.assign(new Error(code), { code })

  async function openFailing(failures) {
    const { open } = await import('node:fs/promises')
    return new Journal(failingFile(await open(file, 'w+'), { write: [], sync: [], ...failures }), file, 0)
  }

  it('leaves nothing of a batch the full disk did not take, and takes the next', async () => {
    const journal = await openFailing({ write: [failure('ENOSPC')] })
    await expect(journal.append([['lost']])).rejects.toThrow('ENOSPC')
    await journal.append([['kept']])
    await journal.close()
    expect(await replay()).toMatchObject({ records: [['kept']] })
  })

  it('takes nothing more after an fsync failed, since what the disk holds is unknown', async () => {
    const journal = await openFailing({ sync: [failure('EIO')] })
    await expect(journal.append([['lost']])).rejects.toThrow('restart the store')
    await expect(journal.append([['later']])).rejects.toThrow('restart the store')
    await journal.close()
  })
})
