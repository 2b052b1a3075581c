import { describe, expect, it } from 'vitest'
import { formatSchema } from '#lib/domain/formats/catalogue'
import { parquetFixture } from '#lib/server/testing/read-parquet'
import { readRecords } from './read-records'

async function firstBatch(type: string, params: object, bytes: Buffer) {
  async function* once() {
    yield bytes
  }
  const format = formatSchema.parse({ type, params })
  const source = { bytes: once(), path: '/a' }
  for await (const batch of readRecords(source, format, {}, new AbortController().signal)) return batch
  throw new Error('no record was read')
}

/** Builds put functions into others: whatever one then reaches, pages of all columns once, is held as long as its batch. */
describe('a batch that waits for its reader is nothing but data', () => {
  it.each([
    ['parquet', {}, parquetFixture('nested')],
    ['regexp', { pattern: '(?<a>.*)', unmatchedLines: 'keep' }, Buffer.from('a line\nanother\n')],
    ['json', {}, Buffer.from('{"a":1}\n{"a":2}\n')],
    ['csv', {}, Buffer.from('a,b\n1,2\n')],
    ['line', {}, Buffer.from('a line\n')],
  ] as const)('of %s', async (type, params, bytes) => {
    const batch = await firstBatch(type, params, bytes)
    expect(batch.count).toBeGreaterThan(0)
    // Functions cannot be cloned.
    expect(() => structuredClone(batch)).not.toThrow()
  })
})
