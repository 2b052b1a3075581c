import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { fitsMeaning, MEANING_CHOICES, meaningLabel } from './meanings'
import { fitsType, STORAGE_TYPES, widen } from './storage-types'

const limits = (bits: bigint): [string, string, string, string] => {
  const most = 2n ** (bits - 1n) - 1n
  return [String(most), String(-most - 1n), String(most + 1n), String(-most - 2n)]
}

describe('storage types', () => {
  it.each([
    ['tinyint', 8n],
    ['smallint', 16n],
    ['int', 32n],
    ['bigint', 64n],
  ])('%s ends exactly at %s bits', (type, bits) => {
    expect(limits(bits).map((text) => fitsType(text, type))).toEqual([true, true, false, false])
  })

  it.each([
    ['bigint', '1.5', false],
    ['bigint', '+007', true],
    ['bigint', '00000000000000000000000000000000000001', true],
    ['bigint', '١٢', false],
    ['bigint', ' 1', false],
    ['double', '1.5e3', true],
    ['double', '1e400', false],
    ['double', 'NaN', true],
    ['double', '0x10', false],
    ['float', '3.5e38', false],
    ['float', '3.4e38', true],
    ['boolean', 'TRUE', true],
    ['boolean', '1', false],
    ['date', '2026-02-19T15:05:02.441+0100', true],
    ['date', '2026-02-19T15:05:02.441-18:00', true],
    ['date', '2026-02-19T15:05:02.441+19:00', false],
    ['date', '2026-02-19T15:05:02', false],
    ['date', 'yesterday', false],
    ['dateonly', '1900-02-29', false],
    ['dateonly', '2000-02-29', true],
    ['datetimenotz', '2026-02-19 24:00:00', false],
    ['datetimenotz', '2026-02-19 23:59', true],
    ['geopoint', 'POINT(181 0)', false],
    ['geometry', 'MULTIPOINT((1 2),(3 4))', true],
    ['geometry', 'POLYGON((1 2)', false],
    ['geometry', 'POINT EMPTY', true],
    ['array', '[1, {"a": 2}]', true],
    ['array', '{}', false],
    ['map', '{"a": 1}', true],
    ['object', 'null', false],
    ['string', '\ufffd', true],
    ['no-such-type', 'anything', true],
    ['__proto__', 'anything', true],
  ])('%s holds %s: %s', (type, text, expected) => expect(fitsType(text, type)).toBe(expected))

  it('judges any text, and no type but string holds the empty one', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.stringMatching(/^[-+.0-9eTZ: (),POINT]*$/),
    )
    fc.assert(
      fc.property(text, fc.constantFrom(...STORAGE_TYPES), (value, type) => {
        expect(fitsType(value, type)).toBeTypeOf('boolean')
        expect(fitsType('', type)).toBe(type === 'string')
      }),
      propertyRuns(),
    )
  })

  it.each(STORAGE_TYPES)('%s takes no time that grows with the square of a text', (type) => {
    const texts = [
      '('.repeat(200_000),
      `POINT${'(1 '.repeat(60_000)}`,
      '1'.repeat(200_000),
      ' '.repeat(200_000),
    ]
    const since = process.cpuUsage()
    for (const text of texts) fitsType(text, type)
    expect(process.cpuUsage(since).user / 1000).toBeLessThan(1_000)
  })

  it.each([
    ['int', 'bigint', 'bigint'],
    ['int', 'double', 'double'],
    ['bigint', 'double', 'string'],
    ['date', 'int', 'string'],
    ['float', 'double', 'double'],
  ])('of a column that are %s here and %s there are %s', (a, b, expected) => {
    expect(widen(a, b)).toBe(expected)
    expect(widen(b, a)).toBe(expected)
  })
})

describe('meanings', () => {
  it.each([
    ['LongMeaning', '12', true],
    ['LongMeaning', '12.5', false],
    ['DoubleMeaning', '12.5', true],
    ['Boolean', 'yes', true],
    ['Boolean', 'perhaps', false],
    ['Email', 'mira@example.org', true],
    ['Email', 'mira@localhost', false],
    ['Email', 'a b@example.org', false],
    ['IPAddress', '10.0.0.255', true],
    ['IPAddress', '10.0.0.256', false],
    ['IPAddress', '::1', true],
    ['IPAddress', '::', true],
    ['IPAddress', '2001:db8::ff00:42:8329', true],
    ['IPAddress', '::ffff:10.0.0.1', true],
    ['IPAddress', '1::2::3', false],
    ['IPAddress', '1:2:3:4:5:6:7', false],
    ['IPAddress', '1:2:3:4:5:6:7:8', true],
    ['URL', 'https://example.org/a?b=c', true],
    ['URL', 'example.org', false],
    ['JSONObjectMeaning', '{"a":1}', true],
    ['JSONArrayMeaning', '{"a":1}', false],
    ['CountryMeaning', 'fr', true],
    ['CountryMeaning', 'France', true],
    ['CountryMeaning', 'Atlantis', false],
    ['Latitude', '90.1', false],
    ['Longitude', '-180', true],
    ['GeoPoint', 'POINT(2 48)', true],
    ['OurOwnMeaning', 'anything', true],
    ['__proto__', 'anything', true],
  ])('%s: %s is one: %s', (meaning, text, expected) => expect(fitsMeaning(text, meaning)).toBe(expected))

  it('judges any text', () => {
    const ids = MEANING_CHOICES.map(({ value }) => value)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...ids), (text, id) => {
        expect(fitsMeaning(text, id)).toBeTypeOf('boolean')
      }),
      propertyRuns(),
    )
  })

  it('keeps the id of one that is not known as its name', () => {
    expect(meaningLabel('LongMeaning')).toBe('Integer')
    expect(meaningLabel('OurOwnMeaning')).toBe('OurOwnMeaning')
  })
})
