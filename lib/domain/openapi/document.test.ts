import { expect, test } from 'vitest'
import { curlExample } from './curl-example'
import { groupOperations, openApiDocument, searchOperations } from './document'
import { exampleOf, printSchema } from './print-schema'

const answers = { 200: { description: 'Done' } }
const DOCUMENT = openApiDocument.parse({
  info: { version: '1' },
  paths: {
    '/api/jobs/{jobId}': { get: { summary: 'A job', security: [{ key: [] }], responses: answers } },
    '/api/projects': { get: { summary: 'Projects', responses: answers } },
    '/api/projects/{projectKey}/datasets': {
      post: {
        summary: 'New dataset',
        security: [{ key: [] }],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/It' } } },
        },
        responses: answers,
      },
    },
    '/dip/publicapi/projects/{projectKey}/datasets': { get: { summary: 'List', responses: answers } },
    '/dip/publicapi/auth/info': { get: { summary: 'Who', responses: answers } },
  },
  components: {
    schemas: {
      It: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'Its name' },
          tags: { type: 'array', items: { enum: ['a', "b's"] } },
          size: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
        },
        required: ['name', 'tags'],
        additionalProperties: false,
      },
    },
  },
})
const schemas = DOCUMENT.components?.schemas ?? {}

test('operations are grouped by what they are about, those of DSS clients last', () => {
  expect(groupOperations(DOCUMENT).map(({ name }) => name)).toEqual([
    'datasets',
    'jobs',
    'projects',
    'DSS client: auth',
    'DSS client: datasets',
  ])
})

test('search looks at method, address and summary', () => {
  const found = searchOperations(groupOperations(DOCUMENT), 'POST new')
  expect(found.flatMap(({ operations }) => operations.map(({ id }) => id))).toEqual([
    'post /api/projects/{projectKey}/datasets',
  ])
  expect(searchOperations(groupOperations(DOCUMENT), 'nothing like it')).toEqual([])
})

test('schemas are printed as types', () => {
  expect(printSchema({ $ref: '#/components/schemas/It' }, schemas)).toBe(
    '{\n  name: string  // Its name\n  tags: ("a" | "b\'s")[]\n  size?: integer | null\n}',
  )
  const endless = { type: 'object', properties: {} as Record<string, object> }
  endless.properties.self = endless
  expect(printSchema(endless, {})).toContain('{ … }')
})

test('examples have what must be there, quoted for the shell', () => {
  expect(exampleOf({ $ref: '#/components/schemas/It' }, schemas)).toEqual({ name: '', tags: [] })
  const asked = {
    key: { type: 'string', pattern: '^[A-Z]+$' },
    mail: { type: 'string', pattern: '^\\w+@\\w+' },
    name: { type: 'string', minLength: 1 },
    password: { type: 'string', minLength: 50 },
    ids: { type: 'array', minItems: 1, items: { type: 'string' } },
  }
  expect(exampleOf({ type: 'object', properties: asked, required: Object.keys(asked) }, {})).toEqual({
    key: 'TEXT',
    mail: 'ann@example.com',
    name: 'text',
    password: 'x'.repeat(50),
    ids: [''],
  })
  const operation = groupOperations(DOCUMENT)[0]?.operations[0]
  if (!operation) throw new Error('no operation')
  const text = curlExample(operation, DOCUMENT, 'http://h')
  expect(text).toContain('-X POST')
  expect(text).toContain('Bearer $LAUNCHPAD_KEY')
  expect(text).toContain(`-d '{"name":"","tags":[]}'`)
})
