import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { inferType } from './infer-type'
import { fitsType } from './storage-types'

/** Texts that are near to values of types, and any others. */
const digits = fc.stringMatching(/^[0-9]{1,22}$/)
const nearly = fc.oneof(
  fc.string({ unit: 'binary' }),
  digits,
  digits.map((text) => `-${text}`),
  fc.tuple(digits, digits).map(([whole, part]) => `${whole}.${part}`),
  fc.stringMatching(/^[-+0-9.eE]{1,12}$/),
  fc.stringMatching(/^20[0-9]{2}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-6][0-9])?(Z|\+0100)?)?$/),
  fc.stringMatching(/^(POINT|polygon|LINESTRING)? ?\([0-9 ,.()-]{0,12}\)$/),
  fc.json(),
  fc.constantFrom('true', 'FALSE', '', 'NaN', '-0', '__proto__', 'null', 'Infinity', '9223372036854775808'),
)

describe('inferring a type', () => {
  it.each([
    ['nothing', [], 'string'],
    ['empty values alone', ['', null, undefined], 'string'],
    ['whole numbers', ['0', '-12', '2147483647', ''], 'int'],
    ['a whole number beyond 32 bits', ['1', '2147483648'], 'bigint'],
    ['whole numbers beyond 2^53', ['9007199254740993', '-9223372036854775808'], 'bigint'],
    ['a whole number beyond 64 bits', ['1', '9223372036854775808'], 'string'],
    ['numbers with a point', ['1', '-0.5', '.25', '1e-7'], 'double'],
    ['a decimal that a double would not give back', ['0.12345678901234567890'], 'string'],
    ['a number beyond 2^53 among decimals', ['0.5', '9007199254740993'], 'string'],
    ['decimals of one width', ['12.50', '3', '0.00'], 'double'],
    ['decimals that programs write', ['10.0', '2.25'], 'double'],
    ['versions', ['1.9', '1.10'], 'string'],
    ['leading zeros', ['1', '007'], 'string'],
    ['telephone numbers', ['+4915112345678'], 'string'],
    ['booleans', ['true', 'FALSE'], 'boolean'],
    ['days', ['2026-02-28', '2024-02-29'], 'dateonly'],
    ['a day that is none', ['2026-02-28', '2026-02-30'], 'string'],
    ['moments of any zone', ['2026-02-19T15:05:02.441+0100', '2026-02-19T15:05:02Z'], 'date'],
    ['clocks of no zone', ['2026-02-19 15:05:02', '2026-02-19T15:05'], 'datetimenotz'],
    ['moments and days', ['2026-02-19T15:05:02Z', '2026-02-19'], 'string'],
    ['points', ['POINT(2.35 48.85)'], 'geopoint'],
    ['points and areas', ['POINT(2.35 48.85)', 'POLYGON((0 0, 1 0, 1 1, 0 0))'], 'geometry'],
    ['objects', ['{"a": 1}', ' {}'], 'object'],
    ['lists', ['[1]', '[]'], 'array'],
    ['lists and objects', ['[1]', '{}'], 'string'],
    ['broken JSON', ['{"a": 1'], 'string'],
    ['nothing but NaN', ['NaN'], 'string'],
  ])('%s', (_, values, expected) => {
    expect(inferType(values).type).toBe(expected)
  })

  it('tells of zeros that a number would lose', () => {
    expect(inferType(['2', '1.9', '1.10', '1.20'])).toMatchObject({
      type: 'string',
      against: [
        { type: 'double', value: '1.10', place: 2, fits: 2, misfits: 2, altered: 2 },
        { type: 'int' },
        {},
      ],
    })
  })

  it('tells of days and numbers that are written as people write them', () => {
    expect(inferType(['22.11.2026', '01.12.2026'])).toMatchObject({
      type: 'string',
      against: [{ type: 'dateonly', value: '22.11.2026', fits: 0, altered: 2 }],
    })
    expect(inferType(['11/22/26 14:05', '']).against).toMatchObject([{ type: 'datetimenotz', altered: 1 }])
    expect(inferType(['1.234,56', '12,50', "1'000.00", '1,234'])).toMatchObject({
      type: 'string',
      against: [{ type: 'double', value: '1.234,56', fits: 0, altered: 4 }],
    })
    expect(inferType(['192.168.100.200', '1.2.3', '22.11-2026']).against).toEqual([])
  })

  it('tells what spoke against the types that most values are of', () => {
    const { against } = inferType(['1', '', '2', 'n/a', '3'])
    expect(against).toEqual(
      ['int', 'bigint', 'double'].map((type) => ({
        type,
        value: 'n/a',
        place: 3,
        fits: 3,
        misfits: 1,
        altered: 0,
      })),
    )
  })

  it('tells what could be read as a number and would not be given back', () => {
    const { type, against } = inferType(['00710', '10115'])
    expect(type).toBe('string')
    expect(against[0]).toEqual({ type: 'int', value: '00710', place: 0, fits: 1, misfits: 1, altered: 1 })
    expect(inferType(['+4915112345678', '']).against[0]).toMatchObject({
      type: 'bigint',
      fits: 0,
      altered: 1,
    })
  })

  it('never throws, and what is inferred fits', () => {
    fc.assert(
      fc.property(fc.array(nearly, { maxLength: 6 }), (values) => {
        const { type } = inferType(values)
        for (const value of values) if (value !== '') expect(fitsType(value, type)).toBe(true)
      }),
      propertyRuns(),
    )
  })

  it('gives whole numbers back to the digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }), (value) => {
        const { type } = inferType([String(value)])
        const isLong = BigInt.asIntN(64, value) === value
        expect(type).toBe(BigInt.asIntN(32, value) === value ? 'int' : isLong ? 'bigint' : 'string')
      }),
      propertyRuns(),
    )
  })

  it('gives doubles back as they are', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(value)
        if (inferType([text]).type === 'double') expect(String(Number(text))).toBe(text)
      }),
      propertyRuns(),
    )
  })
})
