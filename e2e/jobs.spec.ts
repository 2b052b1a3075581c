import type { Page } from '@playwright/test'
import { lineDefinition } from './support/definitions'
import { type Credential, send, succeed } from './support/http'
import { createTargets } from './support/matrix/targets'
import { become } from './support/pages'
import { pauseStore } from './support/pause-store'
import { createShowcase, type Showcase } from './support/showcase'
import { expect, test } from './support/test'

// Thirty days of logs take long enough to be counted for somebody to stop it.
test.use({ start: { command: ['demo'] } })

/** Jobs of a project, as whoever starts them sees them, and whoever may not. */
test.describe.configure({ mode: 'serial' })

const LOGS = '/projects/DEMO/datasets/instance_audit_logs'

let showcase: Showcase
test.beforeAll(async ({ launchpad }) => {
  showcase = await createShowcase(launchpad.url, launchpad.demo())
})

const jobs = (page: Page) => page.getByRole('table', { name: 'Jobs' })
const panel = (page: Page, name: string) => page.getByRole('complementary', { name })

/** Starts metrics of a dataset; gives the job's id. */
async function compute(origin: string, as: Credential, dataset = 'instance_audit_logs'): Promise<string> {
  const path = `/api/projects/DEMO/datasets/${dataset}/metrics`
  return String((await succeed(origin, { method: 'POST', path, body: {}, as })).json().jobId)
}

const stateOf = async (origin: string, as: Credential, jobId: string) =>
  (await succeed(origin, { method: 'GET', path: `/api/jobs/${jobId}`, as })).json().state

/** The state of a job, and what made it fail. */
async function endOf(origin: string, as: Credential, jobId: string) {
  const { state, error } = (await succeed(origin, { method: 'GET', path: `/api/jobs/${jobId}`, as })).json()
  return { state, error }
}

test('a long job shows its progress, in the tab and among the jobs, and is canceled', async ({
  page,
  launchpad,
  checkAccessibility,
}) => {
  await become(page, launchpad.url, showcase.analyst)
  await page.goto(`${LOGS}/metrics`)
  await page.getByRole('button', { name: 'Compute' }).click()
  const progress = page.getByRole('group', { name: 'Computing metrics' })
  await expect(progress).toContainText(/[1-9][\d,]* files?/)
  // What reads from the store waits, so that the job goes on while it is looked at.
  const proceed = pauseStore(launchpad.home)
  try {
    await progress.getByRole('link', { name: 'Job' }).click()
    await expect(page).toHaveURL(/\/projects\/DEMO\/jobs\?job=/)
    const job = panel(page, 'Compute metrics')
    await expect(job.getByRole('progressbar', { name: 'Compute metrics, files' })).toBeVisible()
    await expect(job).toContainText('Running')
    await expect(job).toContainText('the whole dataset, and each partition')
    const row = jobs(page)
      .getByRole('row', { name: /Compute metrics/ })
      .first()
    await expect(row).toContainText('Running')
    await expect(row).toContainText('in the browser')
    await page.getByLabel('State', { exact: true }).selectOption('Under way')
    await expect(page).toHaveURL(/state=under-way/)
    await row.getByRole('button', { name: 'Cancel Compute metrics of instance_audit_logs' }).click()
    await expect(job.getByRole('status').filter({ hasText: 'Canceled' })).toBeVisible({ timeout: 5_000 })
    await expect(job.getByRole('region', { name: 'Log of the job' })).toContainText('canceled')
    await expect(page.getByText('No jobs match the filter.')).toBeVisible()
  } finally {
    proceed()
  }
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(
    jobs(page)
      .getByRole('row', { name: /Compute metrics/ })
      .first(),
  ).toContainText('Canceled')
})

test('what is chosen before the script of the page has come counts', async ({ page, launchpad }) => {
  await become(page, launchpad.url, showcase.analyst)
  const scripts = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto('/projects/DEMO/jobs', { waitUntil: 'commit' })
  await page.getByLabel('State', { exact: true }).selectOption('Failed')
  scripts.resolve()
  await expect(page).toHaveURL('/projects/DEMO/jobs?state=failed')
  await expect(page.getByLabel('State', { exact: true })).toHaveValue('failed')
})

test('a failed one says why, where and what to do; it is found by state, kind and dataset', async ({
  page,
  launchpad,
  checkAccessibility,
}) => {
  const make = createTargets(launchpad.url, showcase.admin)
  const definition = {
    ...lineDefinition('dku-audit-log', '/audit-logs/'),
    formatType: 'parquet',
    formatParams: {},
  }
  await make.post('/api/projects/DEMO/datasets', { name: 'broken', definition }, showcase.analyst)
  const jobId = await compute(launchpad.url, showcase.analyst, 'broken')
  await expect.poll(() => stateOf(launchpad.url, showcase.analyst, jobId)).toBe('failed')
  await become(page, launchpad.url, showcase.analyst)
  await page.goto('/projects/DEMO/flow')
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Jobs' }).click()
  await page.getByLabel('State', { exact: true }).selectOption('Failed')
  await page.getByLabel('Kind').selectOption('Compute metrics')
  await page.getByLabel('Dataset').selectOption('broken')
  await expect(page).toHaveURL('/projects/DEMO/jobs?state=failed&kind=compute-metrics&dataset=broken')
  const row = jobs(page).getByRole('row', { name: /Failed/ })
  await expect(row).toContainText('The file is not Parquet')
  await row.getByRole('link', { name: 'Compute metrics' }).click()
  const job = panel(page, 'Compute metrics')
  await expect(job).toContainText('The file is not Parquet')
  await expect(job).toContainText('.ndjson.gz')
  await expect(job).toContainText('Choose another type, or leave the file out.')
  await checkAccessibility(page)
  await page.reload()
  await expect(panel(page, 'Compute metrics')).toContainText('The file is not Parquet')
  await page.getByRole('button', { name: 'Close the job' }).click()
  await expect(row.getByRole('link', { name: 'Compute metrics' })).toBeFocused()
  await expect(page).not.toHaveURL(/job=/)
})

test('the history of metrics tells each computation with who asked for it', async ({
  page,
  launchpad,
  checkAccessibility,
}) => {
  for (const as of [showcase.admin, showcase.analyst]) {
    const jobId = await compute(launchpad.url, as)
    await expect
      .poll(() => endOf(launchpad.url, as, jobId), { timeout: 60_000 })
      .toEqual({ state: 'succeeded', error: null })
  }
  await become(page, launchpad.url, showcase.analyst)
  await page.goto(`${LOGS}/metrics`)
  const history = page.getByRole('region', { name: 'History' })
  await expect(history.getByRole('row')).toHaveCount(3)
  await expect(history.getByRole('row').nth(1)).toContainText('analyst')
  await expect(history.getByRole('row').nth(2)).toContainText('admin')
  await expect(history).toContainText('over 2 computations')
  const partition = page.getByRole('table', { name: 'Metrics by partition' }).getByRole('button').first()
  const name = await partition.innerText()
  await partition.click()
  await expect(page.getByRole('table', { name: `Earlier values of ${name}` }).getByRole('row')).toHaveCount(3)
  await checkAccessibility(page)
})

test('who may not read the project sees none, and administrators see those of everyone', async ({
  page,
  launchpad,
}) => {
  const make = createTargets(launchpad.url, showcase.admin)
  const { as } = await make.person()
  const path = '/api/projects/DEMO/jobs'
  expect((await send(launchpad.url, { method: 'GET', path, as })).status).toBe(404)
  await become(page, launchpad.url, as)
  await page.goto('/projects/DEMO/jobs')
  await expect(page.getByRole('heading', { name: 'project DEMO is not here' })).toBeVisible()
  await expect(jobs(page)).toHaveCount(0)
  await become(page, launchpad.url, showcase.admin)
  await page.goto('/projects/DEMO/jobs')
  await expect(
    jobs(page)
      .getByRole('row', { name: /analyst/ })
      .first(),
  ).toBeVisible()
})

test('jobs are a place to go to', async ({ page, launchpad }) => {
  await become(page, launchpad.url, showcase.analyst)
  await page.goto(`${LOGS}/partitions`)
  await expect(page.getByRole('button', { name: 'Refresh' })).toHaveCount(1)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to anything' }).fill('Jobs')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/projects/DEMO/jobs')
})
