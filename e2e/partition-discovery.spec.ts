import { readFile } from 'node:fs/promises'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Page, Route } from '@playwright/test'
import { storeParams, usableByGroups } from './support/definitions'
import { signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })
test.describe.configure({ mode: 'serial' })

const DAYS = ['11', '12', '13', '14', '15', '16', '17', '18', '19', '20', '22']

let page: Page
let link: string

test.beforeAll(async ({ browser, launchpad, behind, signIn }) => {
  const { writer } = behind
  const put = (Key: string, Body: string) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `lake/${Key}`, Body }))
  // One day is a hundred times the others.
  for (const day of DAYS)
    for (const region of ['eu-west-1', 'us-east-1'])
      await put(
        `trail/${region}/2026/11/${day}/1_CloudTrail_${region}_202611${day}T1145Z_q.log`,
        'x\n'.repeat(day === '14' ? 5_000 : 50),
      )
  await put('trail/app-2026-11-22.log', 'x\n')
  await put('trail/README', 'about these files\n')
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name: 'lake', params: storeParams(writer, '/lake/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'lake', { ...usableByGroups([]), usableBy: 'everyone' })
  // Thirty months, and a region between year and month.
  for (let at = 0; at < 90; at++) {
    const [year, month, day] = new Date(Date.UTC(2024, 0, 1 + 10 * at)).toISOString().slice(0, 10).split('-')
    const Key = `years/${year}/${at % 2 === 0 ? 'eu' : 'us'}/${month}/${day}/a.log`
    await writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key, Body: 'x\n' }))
  }
  const years = { name: 'years', params: storeParams(writer, '/years/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body: years, as })
  await setPermissions(launchpad.url, as, 'years', { ...usableByGroups([]), usableBy: 'everyone' })
  const context = await browser.newContext({
    baseURL: launchpad.url,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  page = await context.newPage()
  await signIn(page, launchpad.demo().admin)
})
test.afterAll(() => page?.context().close())

const form = () => page.getByRole('region', { name: 'Partitioning settings' })

test('paths of the place before suggest nothing for the one that is named now', async () => {
  await page.goto('/projects/DEMO/datasets/new?connection=lake&tab=files')
  const preview = page.getByRole('region', { name: 'Preview', exact: true })
  await expect(preview).toContainText('Used')
  await page.getByRole('button', { name: 'List files' }).click()
  await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('24 kept')
  const slow = Promise.withResolvers<void>()
  const hold = async (route: Route) => {
    await slow.promise
    await route.continue()
  }
  // Nothing of the new place is known yet.
  await page.route(/\/api\/files\/(?:preview|cost|list)$/, hold)
  await page.getByLabel('Path in bucket').fill('/trail/')
  await page.getByLabel('Path in bucket').press('Tab')
  await expect(preview).not.toContainText('Used')
  await goToTab(page, 'Partitioning')
  await page.getByRole('button', { name: 'Activate partitioning' }).click()
  await expect(form()).toContainText('List files on the Files tab first')
  slow.resolve()
  await expect(preview).toContainText('Used')
  await expect(form()).not.toContainText('/trail/%')
  await page.unroute(/\/api\/files\/(?:preview|cost|list)$/, hold)
})

test('the partitioning is found in the paths, taken with one click and taken back with one', async ({
  checkAccessibility,
}) => {
  await page.goto('/projects/DEMO/datasets/new?connection=lake&tab=files')
  await page.getByLabel('Path in bucket').fill('/trail/')
  await page.getByRole('button', { name: 'List files' }).click()
  await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('24 kept')
  await goToTab(page, 'Partitioning')
  await page.getByRole('button', { name: 'Activate partitioning' }).click()
  await expect(form()).toContainText('Enter a pattern, or choose a suggestion.')
  await expect(page.getByLabel('Pattern')).not.toHaveAttribute('aria-invalid', 'true')
  const steps = page.getByRole('navigation', { name: 'Steps' })
  await expect(steps.getByRole('link', { name: /^Partitioning ?, to do/ })).toBeVisible()
  const suggested = page.getByRole('region', { name: 'Suggested partitioning' })
  await expect(suggested).toContainText('/%{region}/%Y/%M/%D/.*')
  await expect(suggested).toContainText('region, date by day · matches 22 of 24 example paths')
  await expect(suggested.getByRole('list', { name: 'Other layouts' })).toContainText('/app-%Y-%M-%D.*')
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Use suggested partitioning' }).click()
  await expect(page.getByLabel('Pattern')).toHaveValue('/%{region}/%Y/%M/%D/.*')
  await form().getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByLabel('Pattern')).toHaveValue('')
  await page.getByRole('button', { name: 'Use suggested partitioning' }).click()
})

test('what does not match is told live, with the first place that differs', async ({
  checkAccessibility,
}) => {
  await expect(form()).toContainText('matches 22 of 24 examples')
  await form().getByRole('button', { name: '2 unmatched' }).click()
  const unmatched = page.getByRole('region', { name: 'Unmatched paths' })
  await expect(unmatched.locator('mark')).toHaveCount(2)
  await checkAccessibility(page)
  await unmatched.getByRole('button', { name: 'Use this path as the example: /app-2026-11-22.log' }).click()
  await expect(form().getByRole('combobox', { name: 'Example path' })).toHaveValue('/app-2026-11-22.log')
  await page.getByLabel('Pattern').fill('/eu-west-1/%Y/%M/%D/.*')
  await expect(form()).toContainText('%{region} is missing')
  await page.getByLabel('Pattern').fill('/%{region}/%Y/%D/%M/.*')
  await expect(form()).toContainText('swapped, the pattern matches 22 of 24 examples')
  await form().getByRole('button', { name: 'Swap %D and %M' }).click()
  await expect(page.getByLabel('Pattern')).toHaveValue('/%{region}/%Y/%M/%D/.*')
  await page.getByRole('button', { name: 'Next example' }).click()
  const paths = form().getByRole('combobox', { name: 'Example path' })
  await expect(paths).not.toHaveValue('/app-2026-11-22.log')
  await paths.selectOption(
    (await paths.locator('option', { hasText: '/2026/11/' }).first().getAttribute('value')) ?? '',
  )
})

test('parts of the example are chosen by keyboard, and turned back', async () => {
  const example = form().getByRole('region', { name: 'Example path' })
  await example.getByRole('button', { name: /^(eu-west-1|us-east-1), region, choose/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'No dimension: any name' }).click()
  await expect(page.getByLabel('Pattern')).toHaveValue('/[^/]+/%Y/%M/%D/.*')
  await form().getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByLabel('Pattern')).toHaveValue('/%{region}/%Y/%M/%D/.*')
})

test('a listing replaces the examples by counts, and marks the day that is unlike the others', async ({
  checkAccessibility,
}) => {
  await page.getByRole('button', { name: 'List partitions' }).click()
  await expect(form()).toContainText('matches 22 of 24 files')
  const partitions = page.getByRole('region', { name: 'Partitions', exact: true })
  await expect(partitions).toContainText('22 partitions')
  await expect(
    partitions.getByRole('button', { name: /eu-west-1 · 2026-11-14 .*much larger than usual/ }),
  ).toBeVisible()
  await expect(partitions.getByRole('button', { name: /eu-west-1 · 2026-11-21 · missing/ })).toBeVisible()
  await page.getByRole('button', { name: 'Table' }).click()
  await expect(partitions.getByText('much larger than usual')).toHaveCount(2)
  await partitions.getByLabel('Only gaps and what is unlike the usual: 4 of 24').check()
  await expect(partitions.getByRole('row')).toHaveCount(5)
  await checkAccessibility(page)
})

test('the settings are shared as a link, which is a draft of the one who opens it', async ({
  browser,
  launchpad,
  signIn,
}) => {
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('The link was copied.')).toBeVisible()
  link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain('/projects/DEMO/datasets/new#settings=')
  const context = await browser.newContext({ baseURL: launchpad.url })
  const theirs = await context.newPage()
  await signIn(theirs, launchpad.demo().analyst)
  await theirs.goto(link)
  await expect(theirs.getByText('These settings come from a link')).toBeVisible()
  await expect(theirs).toHaveURL(/draft=/)
  await goToTab(theirs, 'Partitioning')
  await expect(theirs.getByLabel('Pattern')).toHaveValue('/%{region}/%Y/%M/%D/.*')
  await context.close()
})

test('the JSON goes out and comes back, with what it changes told first', async ({ checkAccessibility }) => {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export JSON' }).click()
  const json = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(json).toMatchObject({ type: 'S3', partitioning: { filePathPattern: '/%{region}/%Y/%M/%D/.*' } })

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import JSON…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('JSON', { exact: true }).fill('{')
  await expect(dialog).toContainText('This is not JSON')
  const changed = { ...json, name: 'trail', formatType: 'avro', custom: { kept: 1 } }
  changed.params = { ...json.params, path: '/elsewhere/' }
  await dialog.getByLabel('JSON', { exact: true }).fill(JSON.stringify(changed))
  const changes = dialog.getByRole('table', { name: 'Changed settings' })
  await expect(changes).toContainText('formatType')
  await expect(changes).toContainText('custom.kept')
  await checkAccessibility(page)
  await dialog.getByRole('button', { name: 'Take over' }).click()
  await expect(page.getByLabel('Dataset name')).toHaveValue('trail')
  const undo = page.getByRole('button', { name: 'Undo' })
  const next = page.getByRole('button', { name: 'Next', exact: true })
  // What is said of it leaves the way on free.
  await expect
    .poll(async () => {
      const [toast, foot] = [await undo.boundingBox(), await next.boundingBox()]
      return toast && foot ? foot.y - (toast.y + toast.height) : null
    })
    .toBeGreaterThanOrEqual(8)
  await undo.click()
  await expect(page.getByLabel('Dataset name')).toHaveValue(json.name)
  await goToTab(page, 'Files')
  await expect(page.getByLabel('Path in bucket')).toHaveValue(json.params.path)

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import JSON…' }).click()
  await dialog.getByLabel('JSON', { exact: true }).fill(JSON.stringify(changed))
  await dialog.getByRole('button', { name: 'Take over' }).click()
  await goToTab(page, 'Format / Preview')
  await expect(page.getByLabel('Type', { exact: true })).toHaveAttribute('aria-invalid', 'true')
})

test('a region between year and month is found, and of many months two years are drawn first', async ({
  checkAccessibility,
}) => {
  await page.goto('/projects/DEMO/datasets/new?connection=years&tab=files')
  await page.getByLabel('Path in bucket').fill('/')
  await page.getByRole('button', { name: 'List files' }).click()
  await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('90 kept')
  await goToTab(page, 'Partitioning')
  await page.getByRole('button', { name: 'Activate partitioning' }).click()
  const suggested = page.getByRole('region', { name: 'Suggested partitioning' })
  await expect(suggested).toContainText('/%Y/%{dimension}/%M/%D/.*')
  await expect(suggested).toContainText('date by day, dimension · matches 90 of 90 example paths')
  await page.getByRole('button', { name: 'Use suggested partitioning' }).click()
  await page.getByRole('button', { name: 'List partitions' }).click()
  const partitions = page.getByRole('region', { name: 'Partitions', exact: true })
  await expect(partitions).toContainText('90 partitions')
  const months = partitions.getByRole('heading', { level: 3 })
  await expect(months).toHaveCount(24)
  await expect(partitions.getByRole('button', { name: /^eu · 2024-01-01 · / })).toHaveCount(0)
  const current = partitions.locator('[data-place][tabindex="0"]')
  await current.focus()
  await page.keyboard.press('ArrowLeft')
  const place = (await current.getAttribute('aria-label')) ?? ''
  await partitions.getByRole('button', { name: 'Show 6 more' }).click()
  await expect(months).toHaveCount(30)
  await expect(partitions.getByRole('button', { name: 'eu · 2024-01-01 · 1 file · 2 B' })).toBeVisible()
  // The cursor stays where it was.
  await expect(current).toHaveAttribute('aria-label', place)
  await checkAccessibility(page)
})
