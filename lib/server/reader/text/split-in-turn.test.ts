import { createGunzip, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { isSole } from '#lib/server/platform/sole-bytes'
import { cut, lineFormat, NEVER } from '#lib/server/testing/read-bytes'
import { readRecords } from '../read-records'
import { ENGINE_OPTIONS, ZlibEngine } from '../unpack/zlib-engine'

/** Reads what was packed, and takes the text of each batch before it asks for the next. */
async function readInTurn(packed: Uint8Array, sizes: number[] = []): Promise<string[]> {
  const limits = { inTurn: true, longLines: 'parts' } as const
  const lines: string[] = []
  let open = ''
  for await (const batch of readRecords(
    { bytes: cut(packed, sizes), path: '/a.gz' },
    lineFormat(),
    limits,
    NEVER,
  )) {
    if (batch.part !== undefined) {
      open += batch.part.text()
      if (batch.part.ends) lines.push(open)
      if (batch.part.ends) open = ''
      continue
    }
    for (let index = 0; index < batch.count; index++) lines.push(batch.text(index))
  }
  return lines
}

test('lines are whole whatever memory is given back on the way', async () => {
  const line = fc.tuple(
    fc.string({ unit: fc.constantFrom('a', '"', 'é', '日'), maxLength: 8 }),
    fc.integer({ min: 1, max: 30_000 }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 3 }),
      async (parts, sizes) => {
        const lines = parts.map(([text, times]) => text.repeat(times))
        expect(await readInTurn(gzipSync(`${lines.join('\n')}\n`), sizes)).toEqual(lines)
      },
    ),
    propertyRuns(200),
  )
}, 120_000)

test('memory is marked only once all of it was given', async () => {
  const engine = new ZlibEngine(createGunzip(ENGINE_OPTIONS))
  const packed = gzipSync(Buffer.alloc(300_000, 'x'))
  const chunks: Buffer[] = []
  for await (const chunk of engine.put(packed)) chunks.push(chunk)
  for await (const chunk of engine.end()) chunks.push(chunk)
  expect(chunks.some(isSole)).toBe(true)
  const soles = chunks.filter(isSole)
  for (const sole of soles) expect(chunks.filter(({ buffer }) => buffer === sole.buffer).at(-1)).toBe(sole)
})
