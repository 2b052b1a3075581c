import { expect, test } from 'vitest'
import * as z from 'zod'
import { fromDssDataset } from './datasets/dss-json'
import { parseExactJson } from './exact-json'
import { sayShape } from './say-shape'

test.each([
  [[], 'A dataset has to be an object in { }, and is a list.'],
  ['x', 'A dataset has to be an object in { }, and is a text.'],
  [{ params: { path: 7 } }, 'params.path has to be a text, and is a number.'],
  [{ params: [] }, 'params has to be an object in { }, and is a list.'],
  [{ schema: { columns: [{ type: 'int' }] } }, 'schema.columns.0.name is missing: it has to be a text.'],
])('says in words what a dataset of %j lacks', (json, message) => {
  const read = fromDssDataset(json)
  expect(read.ok ? [] : read.issues.map((issue) => issue.message)).toContain(message)
})

test('a number that would be rounded is told as the number it is', () => {
  const read = fromDssDataset(parseExactJson('{"params":{"path":9007199254740993}}'))
  expect(read.ok ? [] : read.issues.map((issue) => issue.message)).toContain(
    'params.path has to be a text, and is a number with more digits than are kept here.',
  )
})

const tagged = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('a') }),
  z.object({ kind: z.literal('b') }),
])
const texts = z.union([z.string(), z.array(z.string())])

/** Each kind of mistake that zod knows, with what is said of `v`. */
const MISTAKES: [z.core.$ZodIssueCode, z.ZodType, unknown, string][] = [
  ['invalid_type', z.array(z.string()), null, 'v has to be a list in [ ], and is null.'],
  ['invalid_type', z.string(), undefined, 'v is missing: it has to be a text.'],
  ['invalid_type', z.int(), 1.5, 'v has to be a whole number, and is 1.5.'],
  ['invalid_type', z.number(), Number.NaN, 'v has to be a number, and is NaN.'],
  ['invalid_type', z.never(), 1, 'v may not be there.'],
  ['invalid_type', z.string().optional().nonoptional(), undefined, 'v is missing.'],
  ['invalid_type', z.symbol(), 1, 'v has to be another kind of value, and is a number.'],
  ['invalid_value', z.enum(['a', 'b']), 'c', 'v has to be one of "a", "b".'],
  ['invalid_value', z.literal(1), undefined, 'v is missing: it has to be 1.'],
  ['too_small', z.string().min(1), '', 'v has to have at least 1 character, and is empty.'],
  ['too_small', z.array(z.int()).min(2), [1], 'v has to have at least 2 entries, and has 1.'],
  ['too_small', z.string().length(3), 'ab', 'v has to have exactly 3 characters, and has 2.'],
  ['too_small', z.number().gt(0), 0, 'v has to be more than 0, and is 0.'],
  ['too_small', z.number().min(1000), -5, 'v has to be at least 1,000, and is -5.'],
  ['too_small', z.date().min(new Date(0)), new Date(-1), 'v has to be at least 1970-01-01T00:00:00.000Z.'],
  ['too_small', z.bigint().min(2n), 1n, 'v has to be at least 2.'],
  [
    'too_big',
    z.string().max(1_000),
    'x'.repeat(1_200),
    'v may have at most 1,000 characters, and has 1,200.',
  ],
  ['too_big', z.array(z.int()).length(1), [1, 2], 'v has to have exactly 1 entry, and has 2.'],
  ['too_big', z.number().lt(2), 2, 'v has to be less than 2, and is 2.'],
  ['too_big', z.int(), 2 ** 60, `v may be at most 9,007,199,254,740,991, and is ${2 ** 60}.`],
  ['too_big', z.set(z.int()).max(1), new Set([1, 2]), 'v may have at most 1 entry.'],
  ['invalid_format', z.email(), 'a', 'v has to be an e-mail address, as ada@example.com.'],
  ['invalid_format', z.iso.datetime(), 'a', 'v has to be a time, as 2026-11-22T10:00:00Z.'],
  ['invalid_format', z.string().regex(/^a+$/), 'b', 'v has to match /^a+$/.'],
  ['invalid_format', z.string().startsWith('a'), 'b', 'v has to begin with "a".'],
  ['invalid_format', z.string().endsWith('a'), 'b', 'v has to end with "a".'],
  ['invalid_format', z.string().includes('a'), 'b', 'v has to hold "a".'],
  ['invalid_format', z.jwt(), 'b', 'v is not written as it has to be.'],
  ['not_multiple_of', z.number().multipleOf(5), 3, 'v has to be a multiple of 5.'],
  ['unrecognized_keys', z.strictObject({}), { a: 1 }, 'v has a key that nothing here knows: "a".'],
  ['unrecognized_keys', z.strictObject({}), { a: 1, b: 2 }, 'v has keys that nothing here knows: "a", "b".'],
  ['invalid_union', texts, 1, 'v has to be a text or a list in [ ], and is a number.'],
  ['invalid_union', texts, ['a', 1], 'v does not fit: 1 has to be a text, and is a number.'],
  [
    'invalid_union',
    z.union([z.string().max(1), z.int()]),
    'ab',
    'v may have at most 1 character, and has 2.',
  ],
  [
    'invalid_union',
    z.xor([z.string(), z.string()]),
    'a',
    'v fits several of the forms of which it has to have one.',
  ],
  ['invalid_union', tagged, { kind: 'c' }, 'v.kind has to be one of "a", "b".'],
  ['invalid_union', tagged, {}, 'v.kind is missing: it has to be one of "a", "b".'],
  [
    'invalid_key',
    z.record(z.string().max(1), z.int()),
    { ab: 1 },
    'v.ab is no key that may stand there: it may have at most 1 character, and has 2.',
  ],
  [
    'invalid_element',
    z.map(z.object({}), z.int()),
    new Map([[{}, 'b']]),
    'v has an entry that may not stand there.',
  ],
  ['custom', z.string().refine(() => false), 'a', 'v is not valid.'],
]

test.each(MISTAKES)('says %s in our words', (_, shape, value, message) => {
  const json = { v: value }
  const whole = z.object({ v: shape })
  const { issues = [] } = whole.safeParse(json, { error: sayShape(json, 'It') }).error ?? {}
  expect(issues.map((issue) => issue.message)).toEqual([message])
  expect(whole.safeParse(json).error?.issues[0]?.message).not.toBe(message)
})

/** Gone through by the types: a kind that zod adds has to be told here as well. */
const KINDS: Record<z.core.$ZodIssueCode, true> = {
  invalid_type: true,
  invalid_value: true,
  too_small: true,
  too_big: true,
  invalid_format: true,
  not_multiple_of: true,
  unrecognized_keys: true,
  invalid_union: true,
  invalid_key: true,
  invalid_element: true,
  custom: true,
}

test('knows every kind of mistake', () => {
  expect(new Set(MISTAKES.map(([kind]) => kind))).toEqual(new Set(Object.keys(KINDS)))
})

test('tells the first of many keys, and no more of a long one than it takes to find it', () => {
  const json = Object.fromEntries(Array.from({ length: 1_002 }, (_, n) => [`${n}`.padEnd(500, 'x'), 1]))
  const [issue] =
    z.strictObject({}).safeParse(json, { error: sayShape(json, 'The body') }).error?.issues ?? []
  expect(issue?.message).toMatch(/^The body has keys that nothing here knows: "0x{99}…", .* and 992 more\.$/)
})

test('what a shape says itself stays as it is', () => {
  const shape = z.object({ a: z.string().max(1, 'is too long'), b: z.string().refine(() => false, 'No.') })
  const json = { a: 'ab', b: '' }
  const { issues = [] } = shape.safeParse(json, { error: sayShape(json, 'It') }).error ?? {}
  expect(issues.map(({ message }) => message)).toEqual(['is too long', 'No.'])
})
