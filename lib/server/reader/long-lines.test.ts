import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, cut, sizes } from '#lib/server/testing/read-bytes'
import { type LineLimits, splitLines } from './text/split-lines'

const NO_LIMITS = { path: '/a.log', maxLineChars: 0 }

async function* splitInto(input: Uint8Array, chunking: number[], limits: LineLimits) {
  async function* chunks() {
    for await (const chunk of cut(input, chunking)) yield Buffer.from(chunk)
  }
  yield* splitLines(chunks(), limits)
}

/** The lines that batches and parts make, as their numbers say. */
async function join(input: Uint8Array, chunking: number[], limits: LineLimits) {
  const lines: string[] = []
  let [records, longest] = [0, 0]
  for await (const batch of splitInto(input, chunking, limits)) {
    const at = batch.firstRecord - 1
    const texts = batch.part
      ? [batch.part.text()]
      : Array.from({ length: batch.count }, (_, n) => batch.text(n))
    if (batch.part) longest = Math.max(longest, batch.part.text().length)
    for (const [n, text] of texts.entries()) lines[at + n] = (lines[at + n] ?? '') + text
    records += batch.count
  }
  return { lines, records, longest }
}

test('long lines come in parts that make them whole, however the bytes are cut', async () => {
  const limits = fc.integer({ min: 1, max: 40 })
  await fc.assert(
    fc.asyncProperty(bytes, sizes, limits, async (input, chunking, maxHeldBytes) => {
      const whole = await join(input, chunking, NO_LIMITS)
      const { lines, records } = await join(input, chunking, { ...NO_LIMITS, inParts: true, maxHeldBytes })
      expect(lines).toEqual(whole.lines)
      expect(records).toBe(whole.records)
    }),
    propertyRuns(3_000),
  )
})

test('no part is longer than what is held, and those beyond the longest line allowed are not given', async () => {
  const input = Buffer.from(`a\n${'é'.repeat(2_000_000)}\nb\n`)
  const held = { ...NO_LIMITS, inParts: true, maxHeldBytes: 100_000 }
  const { lines, records, longest } = await join(input, [64 * 1024], held)
  expect([lines.map(({ length }) => length), records]).toEqual([[1, 2_000_000, 1], 3])
  expect(longest).toBeLessThanOrEqual(held.maxHeldBytes)
  let given = 0
  const limited = { ...held, maxLineChars: 1_000_000 }
  const reading = (async () => {
    for await (const { part } of splitInto(input, [64 * 1024], limited)) given += part?.text().length ?? 0
  })()
  const failure = await reading.catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toHaveProperty(
    'details',
    expect.objectContaining({
      reason: 'ERR_FORMAT_LINE_TOO_LARGE',
      facts: { record: 2, maxLineChars: 1_000_000 },
    }),
  )
  expect(given).toBeGreaterThan(800_000)
  expect(given).toBeLessThanOrEqual(1_000_000)
})
