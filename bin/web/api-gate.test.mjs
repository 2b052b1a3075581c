import { expect, test } from 'vitest'
import { createApiGate, isPublicApi, unaliased } from './api-gate.mjs'

const gate = createApiGate([
  { method: 'GET', path: '/api/jobs/{jobId}' },
  { method: 'POST', path: '/api/jobs/{jobId}/cancel' },
  { method: 'GET', path: '/api/users/directory' },
  { method: 'PATCH', path: '/api/users/{userId}' },
  { method: 'GET', path: '/api/openapi.json' },
  { method: 'GET', path: '/dip/publicapi/projects' },
])

test.each([
  ['GET', '/api/jobs/1'],
  ['GET', '/api/jobs/1/'],
  ['HEAD', '/api/jobs/%2e%2e'],
  ['OPTIONS', '/api/jobs/1/cancel'],
  ['POST', '/api/jobs/1/cancel?a=/b'],
  ['GET', '/api/users/directory'],
  ['PATCH', '/api/users/1'],
  ['GET', '/'],
  ['GET', '/api/docs'],
  ['POST', '/apiary'],
  ['GET', '/launchpad/api/x'],
  ['GET', '/dip/publicapi/projects/'],
  ['GET', '/dip/publicapiary'],
])('lets %s %s on', (method, target) => {
  expect(gate({ method, target })).toBeNull()
})

test.each([
  '/dip/publicapi/none',
  '/api',
  '/api/',
  '/api/job',
  '/api/jobs',
  '/api/jobs/1/2',
  '/api/openapiXjson',
  '/api/__proto__',
])('tells that there is no %s', (target) => {
  expect(gate({ method: 'GET', target })).toMatchObject({ status: 404, code: 'not_found' })
})

test.each([
  ['DELETE', '/api/jobs/1', 'GET, HEAD, OPTIONS'],
  ['GET', '/api/jobs/1/cancel', 'OPTIONS, POST'],
  ['PUT', '/api/users/directory', 'GET, HEAD, OPTIONS'],
  ['PATCH', '/api/users/directory', 'GET, HEAD, OPTIONS'],
  ['GET', '/api/users/1', 'OPTIONS, PATCH'],
])('tells %s %s what it answers to', (method, target, allow) => {
  expect(gate({ method, target })).toMatchObject({ status: 405, allow })
})

test.each([
  ['/public/api/projects/?a=/public/api', '/dip/publicapi/projects/?a=/public/api'],
  ['/public/api', '/dip/publicapi'],
  ['/public/apiary', '/public/apiary'],
  ['/x/public/api/', '/x/public/api/'],
])('takes %s as %s', (target, meant) => {
  expect(unaliased(target)).toBe(meant)
  expect(isPublicApi(meant)).toBe(meant.startsWith('/dip/publicapi'))
})
