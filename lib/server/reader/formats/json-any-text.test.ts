import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPiece } from '#lib/domain/formats/json-text/json-text.arbitraries'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { sizes } from '#lib/server/testing/read-bytes'
import { KEEP, readJson } from '#lib/server/testing/read-json'
import type { Cell } from '../records'

describe('any text', () => {
  const key = fc.oneof(
    fc.constantFrom('a', 'b', 'a.b', '__proto__', '', 'c\\', 'value'),
    fc.string({ unit: 'binary', maxLength: 4 }).map((name) => name.toWellFormed()),
  )
  const value = fc.jsonValue({ maxDepth: 3 })
  const record = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true })
  const space = fc.constantFrom('\n', '\r\n', '\n\n', ' \n')

  it('costs no record but itself where it is a line among good ones', async () => {
    const broken = fc
      .array(jsonPiece, { maxLength: 12 })
      .map((pieces) => pieces.join('').replace(/[\n\r]/g, ' '))
    const good = fc.array(record, { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(good, broken, sizes, async (objects, line, chunking) => {
        const [first = '', ...others] = objects.map((each) => JSON.stringify(each))
        const outcome = await readJson([first, line, ...others].join('\n'), {}, KEEP, chunking)
        const whole = outcome.records.filter(({ unparsed }) => unparsed === undefined).map(({ text }) => text)
        expect(whole[0]).toBe(first)
        expect(whole.slice(-others.length)).toEqual(others)
      }),
      propertyRuns(),
    )
  })

  it('gives back what was printed, one a line, pretty and in an array', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), space, sizes, async (objects, gap, chunking) => {
        const texts = [
          objects.map((each) => JSON.stringify(each)).join(gap),
          objects.map((each) => JSON.stringify(each, null, 2)).join(gap),
          JSON.stringify(objects),
          JSON.stringify({ n: 1, R: objects }, null, 1),
        ]
        for (const [at, text] of texts.entries()) {
          const rootPath = at === 3 ? 'R' : ''
          const outcome = await readJson(
            text,
            { maxDepth: 0, rootPath },
            {},
            chunking.map((size) => size * 3),
          )
          expect(outcome.failure).toBeUndefined()
          expect(outcome.records.map(({ text: raw }) => JSON.stringify(JSON.parse(raw)))).toEqual(
            objects.map((each) => JSON.stringify(each)),
          )
          for (const [index, each] of objects.entries()) {
            expect(valuesOf(outcome.columns, outcome.records[index]?.cells ?? [], each)).toEqual(
              valuesIn(each),
            )
          }
        }
      }),
      propertyRuns(300),
    )
  })

  const noise = fc.oneof(
    fc.array(jsonPiece, { maxLength: 25 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
  )

  it('gives the same records in any chunking, and never throws anything but a failure', async () => {
    await fc.assert(
      fc.asyncProperty(
        noise,
        sizes,
        fc.constantFrom('', 'R', 'a.b'),
        fc.boolean(),
        async (text, chunking, rootPath, keep) => {
          const limits = keep ? KEEP : {}
          const whole = await readJson(text, { rootPath }, limits)
          expect(await readJson(text, { rootPath }, limits, chunking)).toEqual(whole)
        },
      ),
      propertyRuns(3_000),
    )
  })

  it.each([
    ['brackets', '['.repeat(1_000_000)],
    ['names in names', '{"a":'.repeat(300_000)],
    ['lines of brackets', '{"a":\n'.repeat(300_000)],
    ['digits', `{"a":${'9'.repeat(1_000_000)}}`],
    ['a name of 10 MB', `{"${'n'.repeat(10_000_000)}":1}`],
    ['broken lines', '{"a":1,}\n'.repeat(20_000)],
    ['cut records around whole ones', '{"a":[\n{"b":1}\n,\n'.repeat(100_000)],
    ['cut records of an array, one a line', `[\n{"a":1},\n${'{"a":[1,\n'.repeat(100_000)}`],
    [
      'cut records of an array around whole ones',
      `[\n{"a":1},\n${'{"a":[\n{"b":1},\n{"b":2},\n'.repeat(50_000)}`,
    ],
    [
      'cut records of many names',
      `[\n${range(2_000)
        .map((at) => `{"${at}":[1,\n{"${at}":2},\n`)
        .join('')}`,
    ],
    ['records on one line, all broken', '{"a":},'.repeat(100_000)],
    ['brackets that close too much', `[${'{"a":x]}]'.repeat(100_000)}`],
    ['numbers on one line', `[${'1,'.repeat(300_000)}1]`],
  ])('does not hang on %s', { timeout: 30_000 }, async (_, text) => {
    for (const rootPath of ['', 'a.b']) await readJson(text, { rootPath }, KEEP, [65_536])
  })
})

function range(length: number): number[] {
  return Array.from({ length }, (_, at) => at)
}

/** What the cells of a record stand for at depth 0, where those of strings hold their text. */
function valuesOf(columns: string[], cells: Cell[], record: Record<string, unknown>): Map<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [place, name] of columns.entries()) {
    const cell = cells[place]
    if (cell === undefined) continue
    const isText = typeof record[name.replace(/\\(.)/g, '$1')] === 'string'
    values.set(name, isText || cell === null ? cell : JSON.parse(cell))
  }
  return values
}

function valuesIn(record: Record<string, unknown>): Map<string, unknown> {
  return new Map(
    Object.keys(record).map((name) => {
      const value: unknown = JSON.parse(JSON.stringify(record[name]))
      return [name.replace(/[.\\]/g, '\\$&'), typeof value === 'string' ? value.toWellFormed() : value]
    }),
  )
}
