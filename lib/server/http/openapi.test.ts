import { expect, test } from 'vitest'
import * as z from 'zod'
import { describeRoutes, listRoutes } from './openapi'

const routes = [
  {
    path: '/api/things/{name}',
    methods: {
      PATCH: {
        summary: 'Change a thing',
        audience: 'user',
        params: z.object({ name: z.string() }),
        body: z.object({ note: z.string().transform((text) => text.trim()) }),
      },
      GET: {
        summary: 'A thing',
        audience: 'user',
        params: z.object({ name: z.string() }),
        query: z.object({ at: z.string().optional() }),
        result: z.object({ name: z.string() }),
      },
    },
  },
  {
    path: '/api/lines',
    methods: {
      GET: { summary: 'Lines', audience: 'user', produces: ['text/csv', 'application/json; charset=utf-8'] },
      POST: { summary: 'Take lines', audience: 'node', consumes: ['application/x-ndjson'] },
    },
  },
  { path: '/api/health', methods: { GET: { summary: 'Health', audience: 'public' } } },
] as const

test('every method of every route is a line, ordered by path', () => {
  expect(
    listRoutes([...routes]).map(({ method, path, audience }) => `${method} ${path} ${audience}`),
  ).toEqual([
    'GET /api/health public',
    'GET /api/lines user',
    'POST /api/lines node',
    'GET /api/things/{name} user',
    'PATCH /api/things/{name} user',
  ])
})

test('the document has a thing before what belongs to it', () => {
  const get = { GET: { summary: 'Get', audience: 'user' } } as const
  const found = ['/api/a/{id}/access', '/api/a/{id}', '/api/a/names', '/api/a'].map((path) => ({
    path,
    methods: get,
  }))
  const { paths } = describeRoutes(found, '1') as { paths: object }
  expect(Object.keys(paths)).toEqual(['/api/a', '/api/a/names', '/api/a/{id}', '/api/a/{id}/access'])
})

test('a body may be left out where an empty object will do, and DSS clients are answered with an object', () => {
  const note = z.object({ note: z.string().optional() })
  const POST = { summary: 'Post', audience: 'key', body: note } as const
  const document = describeRoutes([{ path: '/dip/publicapi/a', methods: { POST } }], '1')
  expect(document).toMatchObject({
    paths: {
      '/dip/publicapi/a': {
        post: {
          requestBody: { required: false },
          responses: { 200: { content: { 'application/json': { schema: { type: 'object' } } } } },
        },
      },
    },
  })
})

test('a body that its verb reads is described as that says it', () => {
  const told = z.object({ name: z.string() })
  const PUT = { summary: 'Put', audience: 'key', body: z.looseObject({}), bodyAsTold: told } as const
  const schema = { properties: { name: { type: 'string' } }, required: ['name'] }
  expect(describeRoutes([{ path: '/dip/publicapi/a', methods: { PUT } }], '1')).toMatchObject({
    paths: {
      '/dip/publicapi/a': {
        put: { requestBody: { required: true, content: { 'application/json': { schema } } } },
      },
    },
  })
})

test('the document says parameters, bodies, answers and who may ask', () => {
  const document = describeRoutes([...routes], '1.2.3')
  expect(document).toMatchObject({
    openapi: '3.1.0',
    info: { version: '1.2.3' },
    paths: {
      '/api/health': { get: { security: [], responses: { 204: {} } } },
      '/api/lines': {
        get: {
          responses: {
            200: {
              content: {
                'text/csv': { schema: { type: 'string' } },
                'application/json; charset=utf-8': { schema: {} },
              },
            },
          },
        },
        post: { requestBody: { content: { 'application/x-ndjson': {} } } },
      },
      '/api/things/{name}': {
        get: {
          parameters: [
            { in: 'path', name: 'name', required: true },
            { in: 'query', name: 'at' },
          ],
          responses: {
            200: {
              content: { 'application/json': { schema: { properties: { name: { type: 'string' } } } } },
            },
            default: {
              content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
            },
          },
        },
        patch: { requestBody: { required: true }, responses: { 204: {} } },
      },
    },
  })
})
