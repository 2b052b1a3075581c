import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { Failure } from '#lib/domain/errors'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { parseInput } from '../platform/parse-input'
import { parseJson, readJsonBody, readQuery } from './read-input'

const post = (body: BodyInit) => new Request('http://a.test/', { method: 'POST', body })

async function reasonOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Failure) return `${error.kind} ${error.details.reason}`
    throw error
  }
  return undefined
}

test.each([
  ['nothing', '', {}],
  ['an object', '{"a":1}', { a: 1 }],
  ['a byte order mark before it', '\ufeff{"a":1}', { a: 1 }],
  ['null', 'null', null],
])('reads %s', async (_, text, value) => {
  expect(await readJsonBody(post(text))).toEqual(value)
})

test.each([
  ['half an object', '{"a":', 'not-json'],
  ['a form', 'a=1', 'not-json'],
  ['bytes that are no text', new Uint8Array([0x22, 0xff, 0x22]), 'not-json'],
  ['too much', ' '.repeat(2 * 1024 * 1024 + 1), 'body-too-large'],
])('refuses %s', async (_, body, reason) => {
  expect(await reasonOf(() => readJsonBody(post(body)))).toBe(`validation_failed ${reason}`)
})

const anything = z.unknown()

test.each([
  ['a NUL', 'a\0', 'not-text'],
  ['a NUL within', { a: [{ b: '\0' }] }, 'not-text'],
  ['a NUL in a name', { 'a\0': 1 }, 'not-text'],
  ['half of a pair', ['\ud83d'], 'not-text'],
  ['a tower of lists', JSON.parse('['.repeat(1_000) + ']'.repeat(1_000)), 'too-deep'],
])('refuses %s, which could not be stored', async (_, input, reason) => {
  expect(await reasonOf(() => parseInput(anything, input, 'body'))).toBe(`validation_failed ${reason}`)
})

test('names no more than fifty of the fields that are wrong', () => {
  try {
    parseInput(z.array(z.string()), Array(100_000).fill(1), 'body')
    expect.unreachable()
  } catch (error) {
    expect((error as Failure).details.issues).toHaveLength(50)
  }
})

test('a repeated query parameter is a list, whatever its name', () => {
  expect({ ...readQuery('http://a.test/?a=1&b=2&a=3&a=') }).toEqual({ a: ['1', '3', ''], b: '2' })
  const query = readQuery('http://a.test/?__proto__=1&constructor=2&__proto__=3')
  expect(Object.keys(query)).toEqual(['__proto__', 'constructor'])
  expect(({} as Record<string, unknown>)['1']).toBeUndefined()
})

test('nothing in a body changes what other objects are', async () => {
  const body = await readJsonBody(
    post('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"a":1}'),
  )
  const parsed = parseInput(z.object({ a: z.number() }), body, 'body') as Record<string, unknown>
  expect(parsed).toEqual({ a: 1 })
  expect(parsed.admin).toBeUndefined()
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
})

const bodies = fc.oneof(
  fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(JSON.stringify({ a: [text] }))),
  fc.uint8Array(),
)

test('whatever a body holds, it is read or refused, never thrown at', () => {
  const schema = z.object({ a: z.array(z.string()).optional() })
  fc.assert(
    fc.property(bodies, (bytes) => {
      try {
        const { a = [] } = parseInput(schema, parseJson(bytes), 'body')
        return a.every((text) => text.isWellFormed() && !text.includes('\0'))
      } catch (error) {
        return error instanceof Failure
      }
    }),
    propertyRuns('parser'),
  )
})
