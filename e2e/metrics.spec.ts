import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Page } from '@playwright/test'
import { lineDefinition, storeParams, usableByGroups } from './support/definitions'
import { type Credential, signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { pauseStore } from './support/pause-store'
import { expect, test } from './support/test'

/** Metrics of a file that takes a while, and of more partitions than a page shows. */
test.use({ start: { command: ['demo', '--empty'] } })
test.describe.configure({ mode: 'serial' })

const LARGE = '/projects/DEMO/datasets/large/metrics'
const LARGE_BYTES = 160_000_000
const NODES = 230

let page: Page
let as: Credential

test.beforeAll(async ({ browser, launchpad, behind, signIn }) => {
  test.setTimeout(120_000)
  const { writer } = behind
  const put = (Key: string, Body: string) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `counted/${Key}`, Body }))
  const row = '2026-11-22T10:00:00Z,a value that no column of the schema holds,1\n'
  await put('large/events.csv', `at,extra,count\n${row.repeat(Math.ceil(LARGE_BYTES / row.length))}`)
  for (let node = 0; node < NODES; node++)
    await put(`nodes/n${String(node).padStart(3, '0')}/a.log`, 'a\nb\n')
  as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const post = (path: string, body: object) =>
    succeed(launchpad.url, { method: 'POST', path: `/api/${path}`, body, as })
  const secret = writer.secretAccessKey
  await post('connections', { name: 'counted', params: storeParams(writer, '/counted/'), secret })
  await setPermissions(launchpad.url, as, 'counted', { ...usableByGroups([]), usableBy: 'everyone' })
  await post('projects/DEMO/datasets', {
    name: 'large',
    definition: {
      ...lineDefinition('counted', '/large/'),
      formatType: 'csv',
      formatParams: { separator: ',', parseHeaderRow: true },
      schema: {
        columns: ['at', 'count'].map((name) => ({ name, type: 'string' })),
        userModified: true,
      },
    },
  })
  await post('projects/DEMO/datasets', {
    name: 'nodes',
    definition: {
      ...lineDefinition('counted', '/nodes/'),
      partitioning: { dimensions: [{ name: 'node', type: 'value' }], filePathPattern: '/%{node}/.*' },
    },
  })
  page = await (await browser.newContext({ baseURL: launchpad.url })).newPage()
  await signIn(page, launchpad.demo().admin)
})
test.afterAll(() => page?.context().close())

test('of one large file the bytes that are read are told, of how many', async ({
  launchpad,
  checkAccessibility,
}) => {
  await page.goto(LARGE)
  await page.getByRole('button', { name: 'Compute' }).click()
  const progress = page.getByRole('group', { name: 'Computing metrics' })
  await expect(progress).toContainText(/0 of 1 files · [\d.]+ [kM]B of 16\d MB read/)
  // It stays so while it is looked at.
  const proceed = pauseStore(launchpad.home)
  try {
    await checkAccessibility(page)
    await progress.getByRole('link', { name: 'Job' }).click()
    const job = page.getByRole('complementary', { name: 'Compute metrics' })
    await expect(job).toContainText(/[\d.]+ [kM]B of 16\d MB read/)
  } finally {
    proceed()
  }
})

test('what the counted records hold outside of the schema is told, and added', async ({
  checkAccessibility,
}) => {
  await page.goto(LARGE)
  const told = page.getByText(/values stand in 1 column that is not in the schema: extra/)
  await expect(told).toBeVisible({ timeout: 60_000 })
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText('1 column added to large.')).toBeVisible()
  await expect(told).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('The settings have changed since these were computed')).toBeVisible()
  await expect(told).toHaveCount(0)
})

test('partitions are shown page by page, and searched among all', async ({
  launchpad,
  checkAccessibility,
}) => {
  const path = '/api/projects/DEMO/datasets/nodes/metrics'
  const { jobId } = (await succeed(launchpad.url, { method: 'POST', path, body: {}, as })).json()
  const asked = { method: 'GET', path: `/api/jobs/${jobId}`, as }
  await expect
    .poll(async () => (await succeed(launchpad.url, asked)).json().state, { timeout: 60_000 })
    .toBe('succeeded')
  await page.goto('/projects/DEMO/datasets/nodes/metrics')
  const rows = page.getByRole('table', { name: 'Metrics by partition' }).getByRole('row')
  await expect(rows).toHaveCount(201)
  await expect(page.getByText('200 partitions shown')).toBeVisible()
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect(rows).toHaveCount(NODES + 1)
  await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0)
  const search = page.getByLabel('Search partitions')
  await search.fill('N22')
  await expect(rows).toHaveCount(11)
  await expect(rows.nth(1)).toContainText('n220')
  await search.fill('n22x')
  await expect(page.getByText('No partitions match')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rows).toHaveCount(NODES + 1)
})
