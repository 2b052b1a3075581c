import { expect, test } from 'vitest'
import { addressOf } from './collect-routes.mjs'

test.each([
  ['app/api/jobs/[jobId]/route.ts', '/api/jobs/{jobId}'],
  ['app/api/openapi.json/route.ts', '/api/openapi.json'],
  ['app/dip/publicapi/(all)/[...path]/route.ts', '/dip/publicapi/{path}'],
  ['app/(auth)/x/[[...rest]]/route.ts', '/x/{rest}'],
])('%s answers %s', (file, address) => {
  expect(addressOf(file)).toBe(address)
})
