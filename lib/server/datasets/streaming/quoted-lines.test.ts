import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { QuotedLines } from './quoted-lines'

const quote = (line: string) => `"${line.replaceAll('"', '""')}"\n`

/** Lines as bytes of one text, and the places of each. */
function join(lines: readonly string[]) {
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const bounds: [start: number, end: number][] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf('\n', start)
    bounds.push([start, end])
    start = end + 1
  }
  return { bytes, bounds }
}

function gather(lines: readonly string[]): string {
  const { bytes, bounds } = join(lines)
  const quoted = new QuotedLines(bytes)
  let text = ''
  for (const [start, end] of bounds) {
    expect(quoted.add(start, end)).toBe(true)
    if (quoted.isEnough) text += quoted.take()
  }
  return `${text}${quoted.take() ?? ''}`
}

const part = fc.tuple(
  fc.string({ unit: fc.constantFrom('"', '""', '"a"', 'a', 'abc', '\t', 'é', '😀', '\u0022\u0000') }),
  fc.integer({ min: 0, max: 40 }),
)
const line = fc
  .array(part, { maxLength: 6 })
  .map((parts) => parts.map(([text, n]) => text.repeat(n)).join(''))

test('each line stands in quotes, with its own doubled', () => {
  const few = line.filter((text) => Buffer.byteLength(text) <= 8 * 1024)
  fc.assert(
    fc.property(fc.array(few, { minLength: 1, maxLength: 30 }), (lines) => {
      expect(gather(lines)).toBe(lines.map(quote).join(''))
    }),
    propertyRuns(300, 20_000),
  )
})

test('every way in which eight bytes may be quotes is printed, at every place of a line', () => {
  const eights = Array.from({ length: 256 }, (_, bits) =>
    Array.from({ length: 8 }, (_, place) => ((bits >> place) & 1 ? '"' : 'abcdefgh'[place])).join(''),
  )
  const lines = Array.from({ length: 9 }, (_, before) =>
    eights.map((eight) => `${'-'.repeat(before)}${eight}`),
  )
  expect(gather(lines.flat())).toBe(lines.flat().map(quote).join(''))
})

test('lines of more bytes than the memory takes at once are all there', () => {
  const lines = Array.from({ length: 2_000 }, (_, n) => `{"n":"${n}","text":"${'x"'.repeat(n % 97)}"}`)
  expect(lines.join('').length).toBeGreaterThan(3 * 64 * 1024)
  expect(gather(lines)).toBe(lines.map(quote).join(''))
})

test('a long line is left to others', () => {
  const { bytes, bounds } = join(['"'.repeat(8 * 1024), '"'.repeat(8 * 1024 + 1)])
  const quoted = new QuotedLines(bytes)
  expect(bounds.map(([start, end]) => quoted.add(start, end))).toEqual([true, false])
  expect(quoted.take()?.toString()).toBe(quote('"'.repeat(8 * 1024)))
})
