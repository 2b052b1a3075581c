import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Page } from '@playwright/test'
import { storeParams, usableByGroups } from './support/definitions'
import { type HeldStore, startHeldStore } from './support/held-store'
import { signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'
import { activatePartitioning, goToTab } from './support/wizard'

test.use({
  start: { command: ['demo', '--empty'], env: { LAUNCHPAD_ALLOWED_ENDPOINTS: '127.0.0.1/32' } },
})
test.describe.configure({ mode: 'serial' })

/** Files of each folder, and what each holds. Those of the logs are more than a page of a listing. */
const FILES: Readonly<Record<string, [count: number, text: string]>> = {
  'logs/api': [500, 'a line\n'],
  'logs/design': [500, 'a line\n'],
  'logs/zz-late': [200, 'a line\n'],
  // So few that any machine reads them in the time of a sample, and so large that eight give its first records.
  'few/api': [10, `a line ${'-'.repeat(100)}\n`.repeat(100)],
  'few/design': [5, 'a line\n'],
}
const PUTS_AT_ONCE = 32

let store: HeldStore

test.beforeAll(async ({ launchpad, behind }) => {
  const { writer } = behind
  const files = Object.entries(FILES).flatMap(([folder, [count, Body]]) =>
    Array.from({ length: count }, (_, n) => ({ Key: `slow/${folder}/${n}.log`, Body })),
  )
  for (let from = 0; from < files.length; from += PUTS_AT_ONCE)
    await Promise.all(
      files
        .slice(from, from + PUTS_AT_ONCE)
        .map((file) => writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, ...file }))),
    )
  store = await startHeldStore(writer.endpoint)
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const params = storeParams({ ...writer, endpoint: store.endpoint }, '/slow/')
  const body = { name: 'slow', params, secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'slow', { ...usableByGroups([]), usableBy: 'everyone' })
})
test.afterAll(() => store?.close())

test.beforeEach(async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new?connection=slow&tab=files')
  await page.getByLabel('Path in bucket').fill('/logs/')
  await page.getByLabel('Path in bucket').press('Enter')
  await expect(page.getByRole('region', { name: 'Preview', exact: true })).toContainText('a line')
})

/** The listing of the last folder, in whatever way it is come to. */
const isOfTheLast = ({ searchParams: query }: URL): boolean =>
  query.get('prefix')?.endsWith('/zz-late/') === true ||
  query.has('continuation-token') ||
  query.get('start-after')?.includes('/design/') === true

const running = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('List files is stopped: what was found stays, and is said to be a part', async ({
  page,
  checkAccessibility,
}) => {
  const files = page.getByRole('region', { name: 'Files', exact: true })
  await press(page, 'List files')
  const goOn = files.getByRole('button', { name: 'Go on', exact: true })
  await expect(goOn).toBeVisible()
  const proceed = store.hold(isOfTheLast)
  try {
    await goOn.click()
    await expect(running(page, 'Listing files')).toContainText('1,000')
    await checkAccessibility(page)
    await running(page, 'Listing files').getByRole('button', { name: 'Cancel' }).click()
    await expect(files).toContainText(
      'Stopped after 1,000 objects: what stands here is what was found so far.',
    )
  } finally {
    proceed()
  }
  await expect(running(page, 'Listing files')).toHaveCount(0)
  await expect(files).toContainText('Listed so far')
  await expect(files).toContainText('1,000 kept')
  await expect(files.getByRole('region', { name: 'Kinds of files here' })).toContainText('so far')

  await press(page, 'List again')
  await goOn.click()
  await expect(files).toContainText('1,200 kept')
  await expect(files).not.toContainText('so far')
})

test('List partitions is stopped: those that were found stay, and the others come by listing again', async ({
  page,
  checkAccessibility,
}) => {
  await goToTab(page, 'Partitioning')
  await activatePartitioning(page, { pattern: '/%{node_type}/.*', discrete: 'node_type' })
  const partitions = page.getByRole('region', { name: 'Partitions', exact: true })
  const rows = partitions.getByRole('table', { name: 'Partitions' })
  await press(page, 'List partitions')
  const goOn = partitions.getByRole('button', { name: 'Go on', exact: true })
  await expect(goOn).toBeVisible()
  const proceed = store.hold(isOfTheLast)
  try {
    await goOn.click()
    await expect(running(page, 'Listing partitions')).toContainText('1,000')
    // The store stands still: what it gave before is shown whole.
    await expect(partitions).toContainText(/2 partitions .*so far/)
    await running(page, 'Listing partitions').getByRole('button', { name: 'Cancel' }).click()
    await expect(partitions).toContainText('Stopped after 1,000 objects')
  } finally {
    proceed()
  }
  await expect(partitions).toContainText(/2 partitions .*so far/)
  for (const name of ['api', 'design']) await expect(rows.getByRole('row', { name })).toContainText('500')
  await expect(rows).not.toContainText('zz-late')
  await checkAccessibility(page)

  await press(page, 'List again')
  await goOn.click()
  await expect(partitions).toContainText('3 partitions')
  await expect(rows.getByRole('row', { name: 'zz-late' })).toContainText('200')
  await expect(partitions).not.toContainText('so far')
})

test('the first records of a sample stand while the others are read', async ({ page }) => {
  await page.getByLabel('Path in bucket').fill('/few/')
  await page.getByLabel('Path in bucket').press('Enter')
  await page.getByLabel('Dataset name').fill('slow_files')
  await press(page, 'Create')
  await expect(page).toHaveURL(/\/datasets\/slow_files\/explore$/)
  await expect(page.getByRole('button', { name: 'All 1,005 records' })).toBeVisible()
  const proceed = store.hold(({ pathname }) => pathname.includes('/few/design/'))
  try {
    await page.reload()
    await expect(page.getByRole('button', { name: 'The first 100 records' })).toBeVisible()
    await expect(running(page, 'Reading the sample')).toBeVisible()
    await expect(page.getByRole('grid', { name: 'Sample' })).toContainText('a line')
  } finally {
    proceed()
  }
  await page.reload()
  await expect(page.getByRole('button', { name: 'All 1,005 records' })).toBeVisible()
})

test('a sample whose time is over shows what was read of how many files, and reads less by one click', async ({
  page,
  checkAccessibility,
}) => {
  await page.goto('/projects/DEMO/datasets/slow_files/explore')
  await expect(page.getByRole('button', { name: 'All 1,005 records' })).toBeVisible()
  const grid = page.getByRole('grid', { name: 'Sample' })
  const ended = page.getByText('Reading ended after 8 s: 10 of 15 files read, with 1,000 records so far.')
  const proceed = store.hold(({ pathname }) => pathname.includes('/few/design/'))
  try {
    await page.reload()
    await expect(ended).toBeVisible()
    await expect(grid).toContainText('a line')
    await checkAccessibility(page)
  } finally {
    proceed()
  }
  await press(page, 'Read only 100 records')
  await expect(ended).toHaveCount(0)
  await expect(grid).toContainText('a line')
})
