import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nameBuild } from '../bin/build.mjs'
import { expect, test } from './support/test'

/** The page about the API is made of the application's own description, by the application alone. */
test.use({ start: { command: ['demo', '--empty'] } })

test('all calls of the description stand on the page, and nothing is asked of another host', async ({
  page,
  launchpad,
  signIn,
}) => {
  await signIn(page, launchpad.demo().analyst)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto('/api/docs')
  const operations = page.locator('details.api-operation')
  const built = readFileSync(path.join(nameBuild(process.env).programs, 'routes.json'), 'utf8')
  await expect(operations).toHaveCount((JSON.parse(built) as unknown[]).length)
  const data = operations.filter({
    hasText: /^GET\/dip\/publicapi\/projects\/\{projectKey\}\/datasets\/\{name\}\/data(?!\/)/,
  })
  await data.locator('summary').click()
  await expect(data.getByRole('table', { name: 'Parameters' })).toContainText('partitions')
  await page.getByLabel('Search the API').fill('nothing is called so')
  await expect(operations).toHaveCount(0)
  const origins = asked.filter((url) => /^(?:http|ws)s?:/.test(url)).map((url) => new URL(url).host)
  expect(origins.length).toBeGreaterThan(1)
  expect([...new Set(origins)]).toEqual([new URL(launchpad.url).host])
})
