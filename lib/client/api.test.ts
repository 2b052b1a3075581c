import { afterEach, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { ApiError, call } from './api'

const shape = z.object({ a: z.number() })

function answerWith(answer: () => Promise<Response>) {
  const fetched = vi.fn(answer)
  vi.stubGlobal('fetch', fetched)
  return fetched
}
afterEach(() => vi.unstubAllGlobals())

const errorOf = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error) => error,
  )

test('sends the query and the body, and checks what comes', async () => {
  const fetched = answerWith(async () => Response.json({ a: 1, b: 2 }))
  expect(
    await call('POST', '/api/x', shape, { body: { c: 'é' }, query: { after: 0, none: undefined, q: 'a&b' } }),
  ).toEqual({
    a: 1,
  })
  expect(fetched).toHaveBeenCalledWith('/api/x?after=0&q=a%26b', {
    method: 'POST',
    body: '{"c":"é"}',
    headers: { 'content-type': 'application/json' },
  })
})

test('a refusal is told with its problem', async () => {
  const body = {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    code: 'conflict',
    detail: 'Taken.',
    requestId: 'r',
    details: { reason: 'taken' },
  }
  answerWith(async () => Response.json(body, { status: 409 }))
  const error = await errorOf(call('GET', '/api/x', shape))
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ status: 409, reason: 'taken', message: 'Taken.' })
})

test.each([
  ['no network', () => Promise.reject(new TypeError('fetch failed'))],
  ['an answer that is a page', async () => new Response('<html>')],
  ['an answer that breaks off', async () => new Response('{"a":')],
])('%s is no answer', async (_, answer) => {
  answerWith(answer)
  expect(await errorOf(call('GET', '/api/x', shape))).toMatchObject({ status: 503, reason: 'no-answer' })
})

test('a refusal without a reason keeps its status and request id', async () => {
  answerWith(async () => new Response('<html>', { status: 502, headers: { 'x-request-id': 'r-9' } }))
  const error = await errorOf(call('GET', '/api/x', shape))
  expect(error).toMatchObject({ status: 502, problem: { requestId: 'r-9' } })
  // It was answered, if not by Launchpad: the network is not at fault.
  expect(error).not.toMatchObject({ reason: 'no-answer' })
})

test('what the caller gave up is no ApiError', async () => {
  const given = new AbortController()
  given.abort()
  answerWith(() => Promise.reject(given.signal.reason))
  expect(await errorOf(call('GET', '/api/x', shape, { signal: given.signal }))).toBe(given.signal.reason)
})
