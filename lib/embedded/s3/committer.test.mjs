import { describe, expect, it } from 'vitest'
import { Committer } from './committer.mjs'

function createTarget(changes = {}) {
  const calls = []
  return {
    calls,
    storePayloads: async (payloads) => void calls.push(`store ${payloads.join()}`),
    place: (sizeBytes) => [1, 0, sizeBytes],
    forgetPlaces: () => void calls.push('forget'),
    appendRecords: async (records) => void calls.push(`append ${records.flat().join()}`),
    apply: (records) => void calls.push(`apply ${records.flat().join()}`),
    ...changes,
  }
}
const put = (name, more = {}) => ({
  touches: name,
  decide: () => ({ records: [[name]], result: name }),
  ...more,
})

describe('Committer', () => {
  it('stores bytes, then records, then shows them, once for all who came together', async () => {
    const target = createTarget()
    const committer = new Committer(target)
    const results = await Promise.all([
      committer.commit(put('a', { payload: Buffer.from('A') })),
      committer.commit(put('b', { payload: Buffer.from('B') })),
    ])
    expect(results).toEqual(['a', 'b'])
    expect(target.calls).toEqual(['store A,B', 'append a,b', 'apply a,b'])
  })

  it('decides two writes of one key one after the other', async () => {
    const applied = new Set()
    const target = createTarget({ apply: (records) => applied.add(records[0]?.[0]) })
    const committer = new Committer(target)
    const decide = () => {
      if (applied.has('a')) throw new Error('exists')
      return { records: [['a']], result: undefined }
    }
    const both = await Promise.allSettled([1, 2].map(() => committer.commit({ touches: 'a', decide })))
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it('lets a write that stands alone share with nobody', async () => {
    const target = createTarget()
    const committer = new Committer(target)
    await Promise.all([put('a'), put('b', { alone: true }), put('c')].map((write) => committer.commit(write)))
    expect(target.calls.filter((call) => call.startsWith('append'))).toEqual([
      'append a',
      'append b',
      'append c',
    ])
  })

  it('acknowledges and shows nothing of a batch the full disk refused', async () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
    const target = createTarget({ appendRecords: () => Promise.reject(full) })
    const committer = new Committer(target)
    await expect(committer.commit(put('a'))).rejects.toMatchObject({
      code: 'InsufficientStorage',
      status: 507,
    })
    expect(target.calls).toEqual(['forget'])
  })

  it('finishes what is queued when closed and refuses the rest', async () => {
    const target = createTarget()
    const committer = new Committer(target)
    const early = committer.commit(put('a'))
    const closed = committer.close()
    await expect(committer.commit(put('b'))).rejects.toMatchObject({ status: 503 })
    await closed
    expect(await early).toBe('a')
  })
})
