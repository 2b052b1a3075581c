import 'server-only'
import { expect } from 'vitest'
import { problem } from '#lib/domain/problem'
import type { Handler } from '../http/declare'

/** The origin of our own pages in tests. */
export const OURS = 'http://127.0.0.1:3000'

interface Sent {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
  params?: Record<string, string>
}

/** Calls a route as the server would with a request. */
export function send(
  handler: Handler,
  { method = 'GET', path = '/api/x', headers = {}, body, params = {} }: Sent = {},
): Promise<Response> {
  const request = new Request(`${OURS}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
  return handler(request, { params: Promise.resolve(params) })
}

/** The problem that a response tells, in the form that all have. */
export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const body = problem.parse(await response.json())
  expect(body.status).toBe(response.status)
  return body
}
