import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { scanListing } from './scan-listing'
import { XmlError } from './xml-cursor'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character)
}

function render(keys: string[], urlEncoded: boolean): Buffer {
  const print = (key: string) => escapeXml(urlEncoded ? encodeURIComponent(key).replaceAll('%20', '+') : key)
  const entries = keys.map(
    (key, index) =>
      `<Contents><Key>${print(key)}</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><ETag>&quot;e${index}&quot;</ETag>` +
      `<Owner><ID>1</ID><DisplayName/></Owner><Size>${index}</Size><StorageClass>GLACIER</StorageClass></Contents>`,
  )
  const encoding = urlEncoded ? '<EncodingType>url</EncodingType>' : ''
  return Buffer.from(
    `<?xml version="1.0"?>\n<!-- c --><ListBucketResult xmlns="x"><Name>b</Name><IsTruncated>true</IsTruncated>${encoding}` +
      `<NextContinuationToken>a&amp;b</NextContinuationToken>${entries.join('\n')}<CommonPrefixes><Prefix>${print('p q/')}</Prefix></CommonPrefixes></ListBucketResult>`,
  )
}

const keys = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).filter((key) => key.isWellFormed()))

describe('scanListing', () => {
  it('gives back any key, encoded or not', () => {
    fc.assert(
      fc.property(keys, fc.boolean(), (wanted, urlEncoded) => {
        const listing = scanListing(render(wanted, urlEncoded))
        expect(listing.keys.map(({ key }) => key)).toEqual(wanted)
        expect(listing.commonPrefixes).toEqual(['p q/'])
        expect(listing.nextToken).toBe('a&b')
        expect(listing.truncated).toBe(true)
      }),
    )
  })

  it('reads size, date and storage class', () => {
    expect(scanListing(render(['a'], true)).keys[0]).toEqual({
      key: 'a',
      sizeBytes: 0,
      modifiedAtMs: Date.UTC(2026, 10, 22, 10),
      storageClass: 'GLACIER',
    })
  })

  it('reads the elements of an entry in any order and layout alike', () => {
    const parts = [
      '<Key>a</Key>',
      '<LastModified>2026-11-22T10:00:00.000Z</LastModified>',
      '<ETag>"e"</ETag>',
      '<Size>7</Size>',
      '<StorageClass>STANDARD_IA</StorageClass>',
    ]
    const read = (entry: string) =>
      scanListing(Buffer.from(`<ListBucketResult>${entry}</ListBucketResult>`)).keys
    const expected = read(`<Contents>${parts.join('')}</Contents>`)
    expect(expected).toMatchObject([{ key: 'a', sizeBytes: 7, storageClass: 'STANDARD_IA' }])
    const spread = parts.toReversed().map((part) => part.replace('>', ' x="1">').replace('</', '</'))
    for (const entry of [parts.toReversed().join(''), parts.join('\n  '), spread.join(' ')])
      expect(read(`<Contents>${entry}</Contents>`)).toEqual(expected)
    expect(() => read(`<Contents/>${parts.join('')}`)).toThrow(XmlError)
  })

  it('reads dates as the language does', () => {
    const dated = (text: string) =>
      scanListing(
        Buffer.from(
          `<ListBucketResult><Contents><Key>a</Key><Size>1</Size><LastModified>${text}</LastModified></Contents></ListBucketResult>`,
        ),
      ).keys[0]?.modifiedAtMs
    fc.assert(
      fc.property(fc.date({ min: new Date(0), noInvalidDate: true, max: new Date('9999-12-31') }), (date) => {
        expect(dated(date.toISOString())).toBe(date.getTime())
        const text = date.toISOString().replace('.000Z', 'Z')
        expect(dated(text)).toBe(Date.parse(text))
      }),
    )
    for (const text of [
      '2026-13-01T00:00:00.000Z',
      '2026-11-22T24:01:00.000Z',
      '2026-1x-22T00:00:00.000Z',
      'soon',
    ])
      expect(() => dated(text)).toThrow(XmlError)
  })

  it('reads a cut page never as a whole one', () => {
    const whole = render(['a', 'b c', 'ü+%'], true)
    for (let length = 0; length < whole.length; length++) {
      expect(() => scanListing(whole.subarray(0, length)), `${length} bytes`).toThrow(XmlError)
    }
  })

  it('never throws anything else, whatever arrives', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '</',
      '<Contents>',
      '<Key>',
      '</Key>',
      '<a/>',
      '&',
      '&#x41;',
      '&#99999999;',
      '!',
      '--',
      '?',
      'x',
      '1',
      '<ListBucketResult>',
    )
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        try {
          scanListing(Buffer.from(`<ListBucketResult>${parts.join('')}`))
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError)
        }
      }),
      propertyRuns(5_000),
    )
  })
})
