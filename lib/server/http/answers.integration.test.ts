import { expect, test } from 'vitest'
import * as z from 'zod'
import { Failure, HTTP_STATUS } from '#lib/domain/errors'
import { OURS, problemOf, send } from '../testing/send-request'
import { Answer } from './declare'
import { publicRoute } from './route'

test.each(Object.entries(HTTP_STATUS))('a failure %s answers %d', async (kind, status) => {
  const failing = publicRoute({ summary: 'Fail' }, async () => {
    throw new Failure(kind as keyof typeof HTTP_STATUS, 'Because.', { reason: 'why', retryAfterSeconds: 7 })
  })
  const response = await send(failing, { headers: { 'x-request-id': 'r-1' } })
  expect(response.status).toBe(status)
  expect(response.headers.get('retry-after')).toBe('7')
  expect(await problemOf(response)).toMatchObject({
    code: kind,
    detail: 'Because.',
    requestId: 'r-1',
    details: { reason: 'why' },
  })
})

test('a defect answers 500 and tells nothing of itself', async () => {
  const defective = publicRoute({ summary: 'Break' }, () => Promise.reject(new Error('password=hunter2')))
  const response = await send(defective)
  expect(response.status).toBe(500)
  expect(JSON.stringify(await problemOf(response))).not.toContain('hunter2')
})

test.each([
  ['shape', { kind: 1 }],
  ['number that JSON has not', { kind: 'user', big: 1n }],
])('an answer of another %s is a defect, and does not go out', async (_, value) => {
  const result = z.object({ kind: z.string(), big: z.bigint().optional() })
  const wrong = publicRoute({ summary: 'Wrong', result }, async () => value as { kind: string })
  const response = await send(wrong)
  expect(response.status).toBe(500)
  expect((await problemOf(response)).code).toBe('internal')
})

test('only what is declared goes out', async () => {
  const more = publicRoute(
    { summary: 'More', result: z.object({ a: z.number() }), status: 201 },
    async () => {
      const row = { a: 1, secret: 'hunter2' }
      return new Answer(row, new Headers({ 'set-cookie': 'a=1' }))
    },
  )
  const response = await send(more)
  expect(response.status).toBe(201)
  expect(response.headers.get('set-cookie')).toBe('a=1')
  expect(await response.json()).toEqual({ a: 1 })
})

test('path, query and body are parsed before the verb', async () => {
  const echo = publicRoute(
    {
      summary: 'Echo',
      params: z.object({ name: z.string().max(5) }),
      query: z.object({ at: z.coerce.number().optional() }),
      body: z.object({ a: z.number() }),
      result: z.unknown(),
    },
    async (_, { params, query, body }) => ({ params, query, body }),
  )
  const from = { method: 'POST', headers: { origin: OURS } }
  const good = { ...from, path: '/api/x?at=3', params: { name: 'a' }, body: '{"a":1}' }
  expect(await (await send(echo, good)).json()).toEqual({
    params: { name: 'a' },
    query: { at: 3 },
    body: { a: 1 },
  })
  for (const bad of [
    { params: { name: 'too long' } },
    { params: { name: '\0' } },
    { path: '/api/x?at=1&at=2' },
    { body: '{' },
    { body: '' },
    { body: '{"a":"\\u0000"}' },
  ]) {
    const response = await send(echo, { ...good, ...bad })
    expect(response.status).toBe(422)
    await problemOf(response)
  }
})

test('a caller that left is no defect', async () => {
  const left = new AbortController()
  const slow = publicRoute({ summary: 'Slow' }, async ({ signal }) => {
    left.abort()
    signal.throwIfAborted()
  })
  const request = new Request(OURS, { signal: left.signal })
  expect((await slow(request, { params: Promise.resolve({}) })).status).toBe(499)
})
