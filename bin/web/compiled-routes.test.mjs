import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCompiledRoutes } from './compiled-routes.mjs'

let pages
beforeAll(() => {
  pages = mkdtempSync(path.join(tmpdir(), 'launchpad-pages-'))
  const modules = {
    'api/jobs/[jobId]/route': `const GET = () => 'asked'
      const routeModule = { ensureUserland: async () => { routeModule.userland = { GET } } }
      module.exports = Promise.resolve({ routeModule })`,
    'api/posted/route':
      'exports.routeModule = { ensureUserland: async () => {}, userland: { POST: () => "posted" } }',
    'api/foreign/route': 'exports.handler = () => {}',
  }
  const files = Object.fromEntries(Object.keys(modules).map((name) => [`/${name}`, `app/${name}.js`]))
  for (const [name, text] of Object.entries(modules)) {
    const file = path.join(pages, 'server/app', `${name}.js`)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  writeFileSync(path.join(pages, 'server/app-paths-manifest.json'), JSON.stringify(files))
})
afterAll(() => rmSync(pages, { recursive: true }))

test('gives the handler of a method of a route, once its modules are loaded', async () => {
  const load = openCompiledRoutes(pages)
  expect((await load('/api/jobs/{jobId}', 'GET'))()).toBe('asked')
  expect((await load('/api/posted', 'POST'))()).toBe('posted')
})

test.each(['/api/posted', '/api/foreign', '/api/none'])('gives no GET of %s', async (route) => {
  expect(await openCompiledRoutes(pages)(route, 'GET')).toBeNull()
})

test('a build without such a list has none', async () => {
  expect(await openCompiledRoutes(path.join(pages, 'none'))('/api/jobs/{jobId}', 'GET')).toBeNull()
})
