import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { JsonScanner } from './json-scanner'
import type { ScannedRecord } from './json-text/json-sink'

/** What is held of a record here, so that small ones are too large. */
const SIZES = { most: 40, shown: 12 }

interface Found {
  text: string
  isBroken: boolean
  chars: number | undefined
}

/** Scans a text cut at the given sizes, over and over. */
function scan(
  text: string,
  rootPath: string[],
  sizes: number[],
  heldSizes = SIZES,
): { records: Found[]; faults: string[] } {
  const records: Found[] = []
  const faults: string[] = []
  const scanner = new JsonScanner(
    rootPath,
    {
      takeObject: () => -1,
      takeRecord: ({ source, start, end, isBroken, tooLargeChars }: ScannedRecord) =>
        records.push({ text: source.slice(start, end), isBroken, chars: tooLargeChars }),
      beginHolding: () => {},
      scanAgain: () => {},
      takeFault: ({ what, line, character }) => faults.push(`${line}:${character} ${what}`),
    },
    heldSizes,
  )
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? text.length
    scanner.push(text.slice(at, at + size))
    at += size
  }
  scanner.end()
  return { records, faults }
}

const filler = fc.integer({ min: 0, max: 60 }).map((length) => 'x'.repeat(length))
const value = fc.oneof(
  filler.map((text) => `"${text}"`),
  fc.constantFrom('1', '[]', '[1,{"b":[2]}]', '{"c":{"d":null}}', '[[[["e"]]]]', '[{"f":1},{"g":"\\"{"}]'),
)
/** `{"a":…}` on one line, of 7 to some 130 characters. */
const record = fc
  .array(value, { minLength: 1, maxLength: 3 })
  .map((values) => `{${values.map((each, place) => `"${'abc'[place]}":${each}`).join(',')}}`)
/** A record without its end. */
const cutRecord = fc.tuple(record, fc.nat()).map(([text, at]) => text.slice(0, 1 + (at % (text.length - 1))))
const chunking = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 })
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', ' \n')

/** What is given of a whole record. */
const asFound = (text: string): Found =>
  text.length > SIZES.most
    ? { text: text.slice(0, SIZES.shown), isBroken: false, chars: text.length }
    : { text, isBroken: false, chars: undefined }

/** The records that are not broken, which are all that were there, and the number of those that are. */
function expectOnly(found: Found[], whole: string[], broken: number): void {
  expect(found.filter(({ isBroken }) => !isBroken)).toEqual(whole.map(asFound))
  expect(found.filter(({ isBroken }) => isBroken)).toHaveLength(broken)
}

/** Whole records, or ones that were cut, each of which has a whole one behind it. */
const someCut = fc
  .array(fc.tuple(fc.option(cutRecord), record), { minLength: 1, maxLength: 5 })
  .map((pairs) => pairs.flatMap(([cut, whole]) => [...(cut === null ? [] : [{ cut }]), { whole }]))

/** Valid JSON of any layout: tokens with any blanks between them. */
const layout = fc.array(fc.constantFrom('', '', ' ', '\n', '\n ', '\n  ', '\r\n', '\t'), {
  minLength: 1,
  maxLength: 40,
})
function print(value: unknown, blanks: string[]): string {
  const tokens = JSON.stringify(value).match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g) ?? []
  return tokens.map((token, place) => token + (blanks[place % blanks.length] ?? '')).join('')
}

describe('valid JSON', () => {
  it('gives its records, in whatever layout', () => {
    const leaf = fc.constantFrom<unknown>(1, 'x', '{"', null, {}, [], { a: 1 }, [{ a: 1 }, { a: 2 }])
    const inner = fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.record({ a: leaf, b: leaf }))
    const element = fc.oneof(
      fc.record({ a: inner }),
      fc.record({ a: leaf, items: fc.array(inner, { maxLength: 4 }) }),
    )
    const list = fc.array(element, { maxLength: 6 })
    fc.assert(
      fc.property(list, layout, fc.nat(4), fc.boolean(), chunking, (all, blanks, indent, isNested, sizes) => {
        const onLines = `[\n${all.map((each) => JSON.stringify(each)).join(',\n')}\n]`
        const innerOnLines = onLines
          .replaceAll('[{', '[\n{')
          .replaceAll('},{', '},\n{')
          .replaceAll('}]', '}\n]')
        for (const array of [print(all, blanks), JSON.stringify(all, null, indent), onLines, innerOnLines]) {
          const text = isNested ? `{"n":[1],"R":${array}}` : array
          const { records, faults } = scan(text, isNested ? ['R'] : [], sizes, { most: 10_000, shown: 12 })
          expect([faults, text]).toEqual([[], text])
          expect(records.map(({ text }): unknown => JSON.parse(text))).toEqual(all)
        }
      }),
      propertyRuns(5_000),
    )
  })
})

describe('a record that was cut, however long it is', () => {
  it('costs no line behind it', () => {
    fc.assert(
      fc.property(someCut, lineEnd, fc.boolean(), chunking, (lines, end, endsWithLine, sizes) => {
        const texts = lines.map((line) => ('cut' in line ? line.cut : line.whole))
        const { records, faults } = scan(texts.join(end) + (endsWithLine ? end : ''), [], sizes)
        const cuts = lines.filter((line) => 'cut' in line).length
        expectOnly(
          records,
          lines.flatMap((line) => ('cut' in line ? [] : [line.whole])),
          cuts,
        )
        expect(faults).toHaveLength(cuts)
      }),
      propertyRuns(5_000),
    )
  })

  it('costs no document behind it, where each is on a line', () => {
    const short = record.filter(({ length }) => length <= SIZES.most)
    const long = fc.tuple(fc.integer({ max: 140, min: 0 }), cutRecord)
    const longCut = long.map(([length, cut]) => `{"z":"${'x'.repeat(length)}",${cut.slice(1)}`)
    const cutDocument = fc.tuple(fc.array(short, { maxLength: 2 }), longCut)
    const document = fc.array(short, { maxLength: 2 })
    const documents = fc.array(fc.tuple(fc.option(cutDocument), document), { minLength: 1, maxLength: 4 })
    const isBesides = fc.boolean()
    fc.assert(
      fc.property(
        documents,
        lineEnd,
        fc.boolean(),
        isBesides,
        chunking,
        (all, end, isArray, besides, sizes) => {
          const isBeside = besides && !isArray
          const head = isArray ? '[' : '{"n":1,"R":['
          const lines = all.flatMap(([cut, whole]) => [
            ...(cut === null
              ? []
              : [head + (isBeside ? `${cut[0].join(',')}],"z":${cut[1]}` : [...cut[0], cut[1]].join(','))]),
            `${head}${whole.join(',')}${isArray ? ']' : ']}'}`,
          ])
          const { records, faults } = scan(lines.join(end), isArray ? [] : ['R'], sizes, {
            most: 100,
            shown: 12,
          })
          const whole = all.flatMap(([cut, records]) => [...(cut?.[0] ?? []), ...records])
          // What is cut beside the records is told, and is none.
          const cuts = all.filter(([cut]) => cut !== null).length
          expectOnly(records, whole, isBeside ? 0 : cuts)
          expect(faults.length).toBeGreaterThanOrEqual(cuts)
        },
      ),
      propertyRuns(5_000),
    )
  })

  it('costs no line behind it in an array that is written on lines, and is told each time', () => {
    const inner = fc.constantFrom('[', '[1,', '[1', '{"b":[{"c":2},', '{"b":', '[[],[3', '[{"a":1},')
    const cut = inner.map((text) => ({ cut: `{"a":1,"b":${text}` }))
    const fits = record.filter(({ length }) => length <= 100)
    const line = fc.oneof(
      cut,
      fits.map((whole) => ({ whole })),
    )
    const indent = fc.constantFrom('', ' ', '  ', '\t')
    const lines = fc.array(line, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(record, lines, fits, indent, lineEnd, chunking, (first, some, last, before, end, sizes) => {
        const all = [{ whole: first }, ...some, { whole: last }]
        // A comma that is missing is told as well, so a record in front of which one was cut has no need of it.
        const texts = all.map((each) => before + ('cut' in each ? each.cut : `${each.whole},`))
        const text = ['[', ...texts].join(end).replace(/,$/, `${end}]${end}`)
        const { records, faults } = scan(text, [], sizes, { most: 10_000, shown: 12 })
        const cuts = some.filter((each) => 'cut' in each).length
        const wholes = all.flatMap((each) => ('cut' in each ? [] : [each.whole]))
        expect(records.filter(({ isBroken }) => !isBroken).map(({ text }) => text)).toEqual(wholes)
        expect(records.filter(({ isBroken }) => isBroken)).toHaveLength(cuts)
        expect(faults).toHaveLength(cuts)
      }),
      propertyRuns(5_000),
    )
  })

  it('costs no line behind it where those fill more than what is held', () => {
    const lines = ['{"a":1},', '{"a":2,"b":[1,', ...Array.from({ length: 30 }, (_, at) => `{"a":${at + 3}},`)]
    const text = `[\n${lines.join('\n')}\n{"a":0}\n]`
    for (const size of [1, 7, 10_000]) {
      const { records, faults } = scan(text, [], [size], { most: 64, shown: 12 })
      expect(faults).toEqual(['4:1 the record is cut, as another one begins here'])
      expect(records.map(({ text }) => text)).toEqual(
        [...lines, '{"a":0}'].map((each) => (each.endsWith('},') ? each.slice(0, -1) : each)),
      )
    }
  })

  it('is told and given alike, whatever the chunks', () => {
    const piece = fc.oneof(
      record,
      fc.constantFrom('{"a":1},\n', '{"a":[1,\n', '[\n', '  {"a":[1,\n', '  {"b":1},\n'),
      cutRecord,
      fc.constantFrom('\n', ' ', ',', '[', ']', '{"R":[', '}', '\r\n', '"'),
    )
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const path = fc.constantFrom<string[][]>([], ['R'])
    fc.assert(
      fc.property(text, path, chunking, (json, rootPath, sizes) => {
        expect(scan(json, rootPath, sizes)).toEqual(scan(json, rootPath, [Number.POSITIVE_INFINITY]))
      }),
      propertyRuns(5_000),
    )
  })
})
