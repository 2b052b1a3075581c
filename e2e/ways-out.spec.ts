import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Page } from '@playwright/test'
import { lineDefinition, storeParams, usableByGroups } from './support/definitions'
import { signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { createTargets } from './support/matrix/targets'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'] } })

/** More than a phone shows of the Flow at once. */
const MANY = 60
const MADE_AT_ONCE = 6
const nameOf = (index: number) => `logs_${String(index).padStart(3, '0')}`

test.beforeAll(async ({ launchpad, behind: { writer } }) => {
  for (const name of ['access.log', 'notes.txt'])
    await writer.client.send(
      new PutObjectCommand({ Bucket: writer.bucket, Key: `ways/strays/${name}`, Body: 'a line\n' }),
    )
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name: 'ways', params: storeParams(writer, '/ways/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'ways', { ...usableByGroups([]), usableBy: 'everyone' })
  const make = createTargets(launchpad.url, as)
  await make.post('/api/projects', { key: 'WAYS', name: 'Ways out' })
  const partitioning = {
    filePathPattern: '/%Y/%M/%D/.*',
    dimensions: [{ name: 'day', type: 'time', params: { period: 'DAY' } }],
    ignoreNonMatchingFile: true,
  }
  const definition = { ...lineDefinition('ways', '/strays/'), partitioning }
  await make.post('/api/projects/WAYS/datasets', { name: 'strays', definition })
  await make.post('/api/projects', { key: 'BIG', name: 'A big Flow' })
  for (let from = 0; from < MANY; from += MADE_AT_ONCE)
    await Promise.all(
      Array.from({ length: MADE_AT_ONCE }, (_, n) =>
        make.post('/api/projects/BIG/datasets', { name: nameOf(from + n), definition }),
      ),
    )
})

test.beforeEach(async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
})

test('where no file matches the pattern, Explore says what is there and leads to the pattern', async ({
  page,
  checkAccessibility,
}) => {
  await page.goto('/projects/WAYS/datasets/strays/explore')
  await expect(page.getByRole('heading', { name: 'No file matches the pattern' })).toBeVisible()
  await expect(page.getByText('None of the 2 objects at /strays/ can be read')).toBeVisible()
  await expect(page.getByText('/access.log does not have a year of four digits')).toBeVisible()
  await checkAccessibility(page)
  await page.getByRole('link', { name: 'Edit partitioning' }).click()
  await expect(page.getByLabel('Pattern', { exact: true })).toHaveValue('/%Y/%M/%D/.*')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('a big Flow begins with its first dataset, and one that has the focus is in sight', async ({
    page,
  }) => {
    await page.goto('/projects/BIG/flow')
    const square = (index: number) => page.locator(`[data-name="${nameOf(index)}"]`)
    await expect(square(0)).toBeInViewport({ ratio: 1 })
    await expect(square(MANY - 1)).not.toBeInViewport()
    await square(0).focus()
    await page.keyboard.press('End')
    await expect(square(MANY - 1)).toBeFocused()
    await expect(square(MANY - 1)).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('Home')
    await expect(square(0)).toBeInViewport({ ratio: 1 })
  })
})

test('a page whose frame fails says so in its own theme, and can be loaded again', async ({
  page,
  checkAccessibility,
}) => {
  await page.addInitScript(() => localStorage.setItem('launchpad:theme', 'dark'))
  const mend = await breakFrame(page)
  await page.goto('/projects')
  await expect(page.getByRole('heading', { name: 'This page failed' })).toBeVisible()
  await expect(page).toHaveTitle('Launchpad failed')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await checkAccessibility(page)
  mend()
  await page.getByRole('button', { name: 'Load again' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible()
  await page.unrouteAll({ behavior: 'wait' })
})

/** Makes what stands around every page throw as it is drawn, until it is mended. */
async function breakFrame(page: Page): Promise<() => void> {
  let isBroken = true
  // Stays when it is mended: a route keeps the browser from taking the broken script out of its cache.
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    const broken = text.replace('staleTime:5e3', 'staleTime:(()=>{throw Error("broken")})()')
    await route.fulfill({ response, body: isBroken ? broken : text })
  })
  return () => {
    isBroken = false
  }
}
