import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { create, expectColumns, expectRow, lookAt, looks, putFoundFiles, typeOf } from './support/found-files'
import { expect, test } from './support/test'
import { goToTab, openWizard } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] }, viewport: { width: 1600, height: 900 } })

const FIXTURES = path.join(import.meta.dirname, '../lib/server/reader/fixtures')
const fixture = (name: string) => readFileSync(path.join(FIXTURES, name))

const CLOUDTRAIL = readdirSync(path.join(FIXTURES, 'cloudtrail')).filter((name) => name.endsWith('.json'))

const presetOf = (page: Page) => page.getByLabel('Preset').locator('option:checked')

const CUSTOMERS = [
  ['Nummer', 'Käufer', 'Straße', 'Betrag'],
  ['1', 'Jörg Müller', 'Lindenstraße 5', '1.234,50'],
  ['2', 'Änne Groß', 'Übersee 1', '0,75'],
  ['3', 'François Köhler', 'Am Bächle 12', '-10,00'],
  ['4', 'Zoë Süß', 'Höhenweg; Haus 3', '99,90'],
]
const german = CUSTOMERS.map((cells) =>
  cells.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(';'),
)

const requests = (minute: number) =>
  Array.from({ length: 60 }, (_, second) => {
    const at = `22/Nov/2026:10:0${minute}:${String(second).padStart(2, '0')} +0000`
    const agent = 'Mozilla/5.0 (X11; Linux x86_64)'
    return `192.0.2.${second + 1} - mira [${at}] "GET /items/${second}?q=a+b HTTP/1.1" 200 ${second * 7} "-" "${agent}"\n`
  }).join('')

const orders = (first: number) =>
  `order,item,amount\n${Array.from({ length: 40 }, (_, n) => `${first + n},lamp ${n},${n * 3}\n`).join('')}`

test.beforeAll(({ launchpad, behind }) =>
  putFoundFiles(launchpad, behind, {
    ...Object.fromEntries(
      CLOUDTRAIL.map((name) => [`trail/AWSLogs/${name}.gz`, gzipSync(fixture(`cloudtrail/${name}`))]),
    ),
    'customers/2026-11.csv': Buffer.from(`${german.join('\r\n')}\r\n`, 'latin1'),
    'web/access-0.log.gz': gzipSync(requests(0)),
    'web/access-1.log.gz': gzipSync(requests(1)),
    'tables/rows.parquet': fixture('parquet/rows-snappy.parquet'),
    'orders/1.csv.gz': gzipSync(orders(1)),
    'orders/2.csv.gz': gzipSync(orders(41)),
    'orders/broken.csv.gz': Buffer.concat([gzipSync('').subarray(0, 10), Buffer.alloc(900, 0xff)]),
  }),
)

test.beforeEach(async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await openWizard(page, 'DEMO')
})

test('CloudTrail logs are found to be JSON below Records', async ({ page, checkAccessibility }) => {
  await lookAt(page, '/trail/')
  await expect(typeOf(page)).toHaveValue('json')
  await expect(page.getByLabel('Root path')).toHaveValue('Records')
  await expect(looks(page).getByRole('listitem').first()).toContainText('CloudTrail')
  await expect(looks(page).getByRole('listitem').first()).toContainText('In use')
  await expect(page.getByRole('grid', { name: 'Preview' })).toBeVisible()
  await checkAccessibility(page)
  await create(page, 'trail')
  await expectColumns(page, [
    ['eventVersion', 'string'],
    ['userIdentity.type', 'string'],
  ])
  await expectRow(page, 1, ['1.08', 'IAMUser'])
  await checkAccessibility(page)
})

test('a German CSV is found with its semicolons, its charset and its header', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/customers/')
  await expect(typeOf(page)).toHaveValue('csv')
  await expect(page.getByLabel('Separator', { exact: true })).toHaveValue(';')
  await expect(page.getByLabel('Charset')).toHaveValue(/1252|8859|latin1/)
  await expect(page.getByRole('checkbox', { name: 'Parse the header row' })).toBeChecked()
  await expect(page.getByRole('grid', { name: 'Preview' })).toContainText('Jörg Müller')
  await checkAccessibility(page)
  await create(page, 'customers')
  const [header = [], ...records] = CUSTOMERS
  await expectColumns(
    page,
    header.map((name) => [name, 'string'] as const),
  )
  for (const [index, record] of records.entries()) await expectRow(page, index + 1, record)
})

test('what is chosen instead of a web log stays chosen, and its preset takes it apart', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/web/')
  await expect(typeOf(page)).toHaveValue('regexp')
  await expect(presetOf(page)).toHaveText('Apache or nginx, combined')

  const saved = page.waitForResponse(
    (answer) =>
      answer.request().method() === 'PUT' &&
      (answer.request().postData() ?? '').includes('"formatType":"line"'),
  )
  await typeOf(page).selectOption('line')
  await expect(page.getByRole('grid', { name: 'Preview' })).toContainText('"GET /items/')
  expect((await saved).status()).toBe(200)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Use it' })).toBeVisible()
  await expect(typeOf(page)).toHaveValue('line')

  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(typeOf(page)).toHaveValue('regexp')
  await expect(presetOf(page)).toHaveText('Apache or nginx, combined')
  await expect(page.getByRole('grid', { name: 'Preview' })).toContainText('192.0.2.1')
  await checkAccessibility(page)
  await create(page, 'web')
  const columns = ['client', 'identity', 'user', 'time', 'method', 'path', 'protocol']
  await expectColumns(
    page,
    columns.map((name) => [name, 'string'] as const),
  )
  await expectRow(page, 2, [
    '192.0.2.2',
    '-',
    'mira',
    /^22\/Nov\/2026:10:0[01]:01 \+0000$/,
    'GET',
    '/items/1?q=a+b',
    'HTTP/1.1',
  ])
})

test('Parquet brings its columns and types, and is named when read by line', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/tables/')
  await expect(typeOf(page)).toHaveValue('parquet')
  await expect(page.getByText('Columns and their types come from the file itself.')).toBeVisible()

  await typeOf(page).selectOption('line')
  await expect(page.getByText('This looks like Parquet')).toBeVisible()
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Read as Parquet' }).click()
  await expect(typeOf(page)).toHaveValue('parquet')
  await expect(page.getByRole('grid', { name: 'Preview' })).toContainText('name 1')
  await create(page, 'tables')
  await expectColumns(page, [
    ['id', 'int'],
    ['name', 'string'],
    ['amount', 'double'],
    ['even', 'boolean'],
    ['tags', 'array'],
  ])
  await expectRow(page, 2, ['1', 'name 1', '1.5', 'false', '["t1","u"]'])
  await checkAccessibility(page)
})

test('a file that cannot be read is named, left out and counted', async ({ page, checkAccessibility }) => {
  await lookAt(page, '/orders/')
  await expect(typeOf(page)).toHaveValue('csv')
  await expect(looks(page)).toContainText('/broken.csv.gz could not be read whole')

  await page.getByRole('button', { name: 'Another file' }).click()
  await page.getByRole('menuitem', { name: /broken\.csv\.gz/ }).click()
  const preview = page.getByRole('region', { name: 'Preview', exact: true })
  await expect(preview).toContainText('The compressed data is damaged')
  await checkAccessibility(page)
  await goToTab(page, 'Advanced')
  const unreadable = page.getByRole('group', { name: 'Unreadable files' })
  await unreadable.getByRole('radio', { name: 'Leave out and count' }).check()
  await create(page, 'orders')
  await expectColumns(page, [
    ['order', 'string'],
    ['item', 'string'],
    ['amount', 'string'],
  ])
  await expectRow(page, 2, ['2', 'lamp 1', '3'])
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '81')
  const notes = page.getByRole('status').filter({ hasText: 'in the files of this sample' })
  await expect(notes).toContainText('1 problem')
  await notes.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('dialog')).toContainText('broken.csv.gz')
  await checkAccessibility(page)
})
