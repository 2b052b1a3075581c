import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Page } from '@playwright/test'
import { lineDefinition, storeParams, usableByGroups } from './support/definitions'
import { signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { createTargets, type Person } from './support/matrix/targets'
import { become } from './support/pages'
import { pauseStore } from './support/pause-store'
import { expect, test } from './support/test'
import { activatePartitioning, goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })

const FIXTURES = path.join(import.meta.dirname, '../lib/server/reader/fixtures')
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name))

const FOLDERS = ['api', 'automation', 'deployer', 'design']
const MANY = 1_200
const PUTS_AT_ONCE = 32
const DAYS = ['20', '21', '22']

const orders = (first: number) =>
  `order,item,amount\n${Array.from({ length: 40 }, (_, n) => `${first + n},lamp ${n},${n * 3}\n`).join('')}`

const trail = (day: string) => ({
  Records: Array.from({ length: 30 }, (_, n) => ({
    eventVersion: '1.08',
    eventTime: `2026-11-${day}T10:00:${String(n).padStart(2, '0')}Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.1',
    userIdentity: { type: 'IAMUser', userName: 'mira' },
  })),
})
const digest = (day: string) => ({
  awsAccountId: '1',
  digestStartTime: `2026-11-${day}T09:00:00Z`,
  digestEndTime: `2026-11-${day}T10:00:00Z`,
  logFiles: [{ s3Object: `AWSLogs/1/CloudTrail/${day}` }],
})

let reader: Person

test.beforeAll(async ({ launchpad, behind }) => {
  const { writer } = behind
  const put = (Key: string, Body: string | Buffer) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `odd/${Key}`, Body }))
  const many = Array.from({ length: MANY }, (_, n) => `many/${FOLDERS[n % FOLDERS.length]}/${n}.log`)
  for (let from = 0; from < MANY; from += PUTS_AT_ONCE)
    await Promise.all(many.slice(from, from + PUTS_AT_ONCE).map((key) => put(key, 'a line\n')))

  for (const [index, day] of DAYS.entries()) {
    for (const [part, name] of ['a', 'b'].entries())
      await put(`shop/2026/11/${day}/${name}.csv`, orders(1 + 80 * index + 40 * part))
    await put(`trail/AWSLogs/1/CloudTrail/${day}/t.json.gz`, gzipSync(JSON.stringify(trail(day))))
    await put(`trail/AWSLogs/1/CloudTrail-Digest/${day}/d.json.gz`, gzipSync(JSON.stringify(digest(day))))
    await put(`parts/tables/${day}.dat`, fixture('parquet/rows-snappy.parquet'))
    await put(`parts/texts/${day}.dat`, `text of ${day}\n`)
    await put(`orders/${day}.csv.gz`, gzipSync(orders(1)))
  }
  await put('shop/README.md', '# Orders\n\nOne file for each shop and day.\n')
  await put('shop/logo.png', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108', 'hex'))
  await put('shop/old.zip', fixture('compressed/python-zip.zip'))
  await put('shop/rows.parquet', fixture('parquet/rows-snappy.parquet'))
  await put('orders/broken.csv.gz', Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(900, 0xff)]))
  for (let n = 1; n <= 12; n++)
    await put(`single/${String(n).padStart(2, '0')}.json`, JSON.stringify({ order: n, item: `lamp ${n}` }))

  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name: 'odd', params: storeParams(writer, '/odd/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'odd', { ...usableByGroups([]), usableBy: 'everyone' })
  const make = createTargets(launchpad.url, as)
  reader = await make.person('rita')
  await make.post('/api/projects', { key: 'ODD', name: 'Odd files' })
  const { version } = await make.get('/api/projects/ODD')
  const members = [{ principal: 'user', id: reader.id, level: 'read' }]
  await succeed(launchpad.url, {
    method: 'PUT',
    path: '/api/projects/ODD/members',
    body: { version, members },
    as,
  })
  const definition = lineDefinition('odd', '/orders/')
  await make.post('/api/projects/ODD/datasets', { name: 'orders', definition })
})

test.beforeEach(async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
})

const files = (page: Page) => page.getByRole('region', { name: 'Files', exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function list(page: Page, folder: string): Promise<void> {
  await page.goto('/projects/ODD/datasets/new?connection=odd&tab=files')
  await page.getByLabel('Path in bucket').fill(folder)
  await press(page, 'List files')
}

async function create(page: Page, name: string): Promise<void> {
  await page.getByLabel('Dataset name').fill(name)
  await press(page, 'Create')
  await expect(page).toHaveURL(new RegExp(`/datasets/${name}/explore$`))
}

test('above a thousand keys one is told what a listing takes before it begins', async ({
  page,
  launchpad,
  behind,
  checkAccessibility,
}) => {
  const countJobs = async () => {
    const [row] = await behind.query<{ jobs: string }>(
      `SELECT count(*) AS jobs FROM job WHERE kind LIKE 'list-%'`,
    )
    return Number(row?.jobs)
  }
  const before = await countJobs()
  await list(page, '/many/')
  await expect(files(page)).toContainText('1,200 objects here')
  await expect(files(page)).toContainText(/Listing them all takes about \d+ requests/)
  await expect(files(page)).toContainText('/design/ with about 300 objects')
  await expect(page.getByLabel('Scan budget')).toHaveValue('100000')
  await checkAccessibility(page)
  await press(page, 'Cancel')
  await expect(page.getByText('objects here')).toHaveCount(0)
  expect(await countJobs()).toBe(before)

  await press(page, 'List files')
  const goOn = page.getByRole('button', { name: 'Go on', exact: true })
  await expect(goOn).toBeVisible()
  const proceed = pauseStore(launchpad.home)
  try {
    const started = page.waitForResponse((answer) => answer.url().endsWith('/api/files/list'))
    await goOn.click()
    expect((await started).status()).toBe(202)
    await page.getByRole('group', { name: 'Listing files' }).getByRole('button', { name: 'Cancel' }).click()
    await expect(files(page)).toContainText('what stands here is what was found so far')
  } finally {
    proceed()
  }
  expect(await countJobs()).toBe(before + 1)

  await press(page, 'List files')
  await goOn.click()
  await expect(files(page)).toContainText('1,200 kept')
})

test('List partitions tells it too, in the wizard and of a dataset', async ({ page, checkAccessibility }) => {
  await list(page, '/many/')
  await goToTab(page, 'Partitioning')
  await activatePartitioning(page, { pattern: '/%{node_type}/.*', discrete: 'node_type' })
  await press(page, 'List partitions')
  const partitions = page.getByRole('region', { name: 'Partitions', exact: true })
  await expect(partitions).toContainText('1,200 objects here')
  await partitions.getByRole('button', { name: 'Go on' }).click()
  await expect(partitions).toContainText('4 partitions')
  await create(page, 'many')

  await page.goto('/projects/ODD/datasets/many/partitions')
  await expect(page.getByRole('button', { name: 'design', exact: true })).toBeVisible()
  await press(page, 'Refresh')
  const told = page.getByText('1,200 objects here')
  await expect(told).toBeVisible()
  await checkAccessibility(page)
  await press(page, 'Cancel')
  await expect(told).toHaveCount(0)
  await press(page, 'Refresh')
  const started = page.waitForResponse((answer) => answer.status() === 202)
  await press(page, 'Go on')
  expect((await started).url()).toMatch(/\/datasets\/many\/partitions$/)
  await expect(told).toHaveCount(0)
})

test('folders in which nothing can match are told, and looked into when one asks', async ({
  page,
  checkAccessibility,
}) => {
  await list(page, '/many/')
  await goToTab(page, 'Partitioning')
  await activatePartitioning(page, { pattern: '/de%{rest}/.*', discrete: 'rest' })
  await press(page, 'List partitions')
  const partitions = page.getByRole('region', { name: 'Partitions', exact: true })
  await expect(partitions).toContainText('About 600 objects here')
  await partitions.getByRole('button', { name: 'Go on' }).click()
  await expect(partitions).toContainText(/Listed 600 ?= 600 matched ?\+ 0 unmatched/)
  const passed = 'Not looked into, since nothing in them can match: /api/ and /automation/.'
  await expect(partitions).toContainText(passed)
  await expect(page.getByRole('region', { name: 'Partitioning settings' })).toContainText(
    'matches 600 of 600 listed files',
  )
  await checkAccessibility(page)
  await press(page, 'Look into them too')
  await expect(partitions).toContainText('1,200 objects here')
  await partitions.getByRole('button', { name: 'Go on' }).click()
  await expect(partitions).toContainText(/Listed 1,200 ?= 600 matched ?\+ 600 unmatched/)
  await expect(page.getByText('Not looked into')).toHaveCount(0)
  await create(page, 'de')

  await page.goto('/projects/ODD/datasets/de/partitions')
  const ledger = page.getByRole('region', { name: 'Where every file went' })
  await expect(ledger).toContainText(passed)
  await press(page, 'Look into them too')
  await expect(page.getByText('1,200 objects here')).toBeVisible()
  await press(page, 'Go on')
  await expect(ledger).toContainText(/Listed 1,200 ?= 600 matched ?\+ 600 unmatched/)
  await press(page, 'Show 600 unmatched files')
  await expect(ledger).toContainText('/api/')
})

test('files of other kinds are warned of, and left by one click', async ({ page, checkAccessibility }) => {
  await list(page, '/shop/')
  await expect(files(page)).toContainText('4 of 10 files do not go with .csv')
  await checkAccessibility(page)
  await press(page, 'Keep only .csv')
  await expect(page.getByLabel('Expression of rule 1')).toHaveValue('*.csv')
  await expect(files(page)).toContainText('6 kept')
  await expect(page.getByText('Files of other kinds are among them')).toHaveCount(0)
  await goToTab(page, 'Format / Preview')
  await expect(page.getByLabel('Type', { exact: true })).toHaveValue('csv')
  await create(page, 'shop')
  await expect(page.getByRole('columnheader').nth(2)).toContainText('item')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '241')
})

test('digests beside CloudTrail are told apart by their folder, and left out by one click', async ({
  page,
  checkAccessibility,
}) => {
  await list(page, '/trail/')
  await expect(files(page)).toContainText('/AWSLogs/1/CloudTrail-Digest/ holds something else')
  await checkAccessibility(page)
  await press(page, 'Leave out /CloudTrail-Digest/')
  await expect(page.getByLabel('Expression of rule 1')).toHaveValue('AWSLogs/1/CloudTrail-Digest/**')
  await expect(files(page)).toContainText('3 kept')
  await expect(page.getByText('Not all folders hold the same')).toHaveCount(0)
  await goToTab(page, 'Format / Preview')
  await expect(page.getByLabel('Root path')).toHaveValue('Records')
  await create(page, 'trail')
  const headers = page.getByRole('columnheader')
  await expect(headers.filter({ hasText: 'eventVersion' })).toBeVisible()
  await expect(headers.filter({ hasText: 'digestStartTime' })).toHaveCount(0)
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '91')
})

test('two contents under one ending are told with their folders', async ({ page }) => {
  await list(page, '/parts/')
  const kinds = page.getByRole('region', { name: 'Kinds of files here' })
  await expect(kinds).toContainText('.dat: Parquet in /tables/ · text in /texts/')
})

test('objects of one record each are previewed together, each row with its file', async ({ page }) => {
  await list(page, '/single/')
  await goToTab(page, 'Format / Preview')
  await expect(page.getByLabel('Type', { exact: true })).toHaveValue('json')
  const preview = page.getByRole('region', { name: 'Preview', exact: true })
  await expect(preview).toContainText('12 records of 12 files')
  const rows = preview.getByRole('grid', { name: 'Preview' })
  for (const n of [3, 9]) {
    await rows.getByRole('gridcell', { name: `lamp ${n}`, exact: true }).click()
    const record = page.getByRole('complementary', { name: /^Record/ })
    await expect(record).toContainText(`/0${n}.json`)
    await record.getByRole('button', { name: 'Close record' }).click()
  }
})

const unreadable = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'The compressed data is damaged' })

test('who may not edit is told of a file that cannot be read, and given no way to leave it out', async ({
  page,
  launchpad,
}) => {
  await become(page, launchpad.url, reader.as)
  await page.goto('/projects/ODD/datasets/orders/explore')
  await expect(unreadable(page)).toContainText('/orders/broken.csv.gz')
  await expect(page.getByRole('button', { name: /^Leave|^Keep only/ })).toHaveCount(0)
})

test('a file that cannot be read is left out where its records were to be shown', async ({
  page,
  checkAccessibility,
}) => {
  await page.goto('/projects/ODD/datasets/orders/explore')
  await expect(unreadable(page)).toContainText('/orders/broken.csv.gz')
  await checkAccessibility(page)
  await press(page, 'Leave this file out')
  await expect(page.getByRole('grid')).toContainText('1,lamp 0,0')
  await expect(unreadable(page)).toHaveCount(0)
  const { definition } = await (await page.request.get('/api/projects/ODD/datasets/orders')).json()
  expect(definition.params.filesSelectionRules).toMatchObject({
    mode: 'RULES_ALL_BUT_EXCLUDED',
    excludeRules: [{ mode: 'REGEXP', matchingMode: 'FULL_PATH', expr: 'broken\\.csv\\.gz' }],
  })
})
