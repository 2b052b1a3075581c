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

  it('is told and given alike, whatever the chunks', () => {
    const piece = fc.oneof(
      record,
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
