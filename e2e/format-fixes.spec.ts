import type { Page } from '@playwright/test'
import { create, expectColumns, expectRow, lookAt, looks, putFoundFiles, typeOf } from './support/found-files'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'] }, viewport: { width: 1600, height: 900 } })

/** README.txt beside one.csv with eight rows of id and name, written by Python's zipfile. */
const ARCHIVE = Buffer.from(
  'UEsDBBQAAAAAAAAAdl3FG0bfLgAAAC4AAAAKAAAAUkVBRE1FLnR4dFRoZSB0YWJsZSBpcyBpbiBvbmUuY3N2LgpBc2sgTWlyYSwg' +
    'c2hlIGtub3dzLgpQSwMEFAAAAAAAAAB2XUr3Jf9IAAAASAAAAAcAAABvbmUuY3N2aWQsbmFtZQoxLEFubiAxCjIsQW5uIDIKMyxB' +
    'bm4gMwo0LEFubiA0CjUsQW5uIDUKNixBbm4gNgo3LEFubiA3CjgsQW5uIDgKUEsBAhQDFAAAAAAAAAB2XcUbRt8uAAAALgAAAAoA' +
    'AAAAAAAAAAAAAIABAAAAAFJFQURNRS50eHRQSwECFAMUAAAAAAAAAHZdSvcl/0gAAABIAAAABwAAAAAAAAAAAAAAgAFWAAAAb25l' +
    'LmNzdlBLBQYAAAAAAgACAG0AAADDAAAAAAA=',
  'base64',
)
const rows = (count: number, row: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => `${row(n + 1)}\n`).join('')
const people = (from: number) => `id,name\n${rows(10, (n) => `${from + n},Ann ${from + n}`)}`
const request = (n: number) =>
  `192.0.2.${n} - mira [22/Nov/2026:10:00:${10 + n} +0000] "GET /${n} HTTP/1.1" 200 17 "-" "curl/8.5.0"`

test.beforeAll(({ launchpad, behind }) =>
  putFoundFiles(launchpad, behind, {
    'zip/a.zip': ARCHIVE,
    'twice/people.csv': people(0) + people(10),
    'psql/days.txt': ` day        | sold \n------------+------\n${rows(12, (n) => ` 2026-11-${10 + n} |   ${10 + n} `)}(12 rows)\n\n`,
    'shops/2026-11.csv': Buffer.from(
      `Straße;Betrag;Ort\n${rows(9, (n) => `Höhenweg ${n};${n},50;Köln`)}`,
      'latin1',
    ),
    'trail/events.json': JSON.stringify({
      Records: [1, 2, 3].map((n) => ({ eventName: `Get ${n}`, id: n })),
    }),
    'web/access.log': `${rows(40, request)}server is going down\n`,
    'audit/2026-11-22.log': rows(20, (n) =>
      JSON.stringify({ severity: 'INFO', message: { msgType: 'login', authUser: `user ${n}` } }),
    ),
  }),
)

test.beforeEach(async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  // Not by the menu, which offers the drafts of the tests before.
  await page.goto('/projects/DEMO/datasets/new')
})

const preview = (page: Page) => page.getByRole('region', { name: 'Preview', exact: true })
const grid = (page: Page) => page.getByRole('grid', { name: 'Preview' })
const fix = (page: Page, name: string) => preview(page).getByRole('button', { name, exact: true })

test('Create pressed at once waits until it is known what the files are', async ({ page }) => {
  await page.route('**/api/files/detect', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    await route.continue()
  })
  await page.getByLabel('S3 connection').selectOption('found')
  await page.getByLabel('Dataset name').fill('hasty')
  await page.getByLabel('Path in bucket').fill('/twice/')
  await page.getByRole('button', { name: 'Create', exact: true }).first().click()
  await expect(page.getByRole('status').getByText('Looking at the files…').first()).toBeVisible()
  await expect(page).toHaveURL(/\/datasets\/hasty\/explore$/)
  await expectColumns(page, [
    ['id', 'string'],
    ['name', 'string'],
  ])
  await expectRow(page, 1, ['1', 'Ann 1'])
})

test('of an archive the files of its largest kind are read, and what is left out is told', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/zip/')
  await expect(typeOf(page)).toHaveValue('csv')
  await expect(preview(page)).toContainText(
    'Of the archive, 1 of 2 files is read: *.csv. Left out: README.txt.',
  )
  await expectColumns(page, [
    ['id', 'string'],
    ['name', 'string'],
  ])
  await expect(preview(page)).toContainText('All 8 records of 1 file')
  await expect(preview(page).getByRole('button', { name: 'one.csv, copy name in the archive' })).toBeVisible()
  await page.getByRole('gridcell', { name: 'Ann 2', exact: true }).click()
  await page.keyboard.press('Enter')
  await expect(preview(page).getByText('In the archive', { exact: true })).toBeVisible()
  await checkAccessibility(page)
  await preview(page).getByRole('button', { name: 'Close record' }).click()
  await preview(page).getByRole('button', { name: 'Read all files in archives' }).click()
  await expect(page.getByLabel('Files in the archive')).toHaveValue('*')
  await expect(preview(page)).not.toContainText('Left out')
  await page.getByLabel('Files in the archive').fill('')
  await fix(page, 'Read only *.csv').click()
  await expect(page.getByLabel('Files in the archive')).toHaveValue('*.csv')
  await expect(preview(page)).toContainText('All 8 records of 1 file')
  await expect(preview(page)).not.toContainText('Left out')
})

test('a header that comes again is told, and skipped by one click', async ({ page }) => {
  await lookAt(page, '/twice/')
  await expect(typeOf(page)).toHaveValue('csv')
  await expect(preview(page)).toContainText('All 21 records of 1 file')
  await expect(preview(page)).toContainText('The header comes again inside of the file')
  await fix(page, 'Skip rows that repeat the header').click()
  await expect(page.getByRole('checkbox', { name: 'Skip rows that repeat the header' })).toBeChecked()
  await expect(preview(page)).toContainText('All 20 records of 1 file')
  await expect(preview(page)).toContainText('Rows that repeat the header are left out.')
})

test('what psql prints beside its rows is left out, and told', async ({ page }) => {
  await lookAt(page, '/psql/')
  await expect(page.getByLabel('Separator', { exact: true })).toHaveValue('|')
  await expect(looks(page)).toContainText('Rule lines and row counts, as psql prints them, are left out.')
  await expect(preview(page)).toContainText('All 12 records of 1 file')
  const skip = page.getByRole('checkbox', { name: 'Skip rule lines and row counts' })
  await skip.uncheck()
  await expect(preview(page)).toContainText('All 13 records of 1 file')
  await preview(page).getByRole('button', { name: 'Show all' }).click()
  await fix(page, 'Skip rule lines and row counts').click()
  await expect(skip).toBeChecked()
  await expect(preview(page)).toContainText('All 12 records of 1 file')
})

test('a wrong separator and a wrong charset are mended by a click each', async ({ page }) => {
  await lookAt(page, '/shops/')
  const separator = page.getByLabel('Separator', { exact: true })
  const charset = page.getByLabel('Charset')
  await expect(separator).toHaveValue(';')
  await expect(charset).toHaveValue('windows-1252')
  await separator.selectOption(',')
  await fix(page, 'Separate by semicolon').click()
  await expect(separator).toHaveValue(';')
  await expect(grid(page)).toContainText('Höhenweg 1')

  await charset.selectOption('utf8')
  await expect(grid(page)).toContainText('H\ufffdhenweg')
  await fix(page, 'Read as windows-1252').click()
  await expect(charset).toHaveValue('windows-1252')
  await expect(grid(page)).toContainText('Höhenweg 1')
})

test('a root path at which nothing stands is mended by a click', async ({ page }) => {
  await lookAt(page, '/trail/')
  const rootPath = page.getByLabel('Root path')
  await expect(rootPath).toHaveValue('Records')
  await rootPath.fill('records')
  await expect(preview(page)).toContainText('Nothing in this file stands at the root path "records"')
  await fix(page, 'Read the records below Records').click()
  await expect(rootPath).toHaveValue('Records')
  await expect(grid(page)).toContainText('Get 1')
})

test('lines that an expression does not match are left out by a click, and stay counted', async ({
  page,
}) => {
  await lookAt(page, '/web/')
  await expect(typeOf(page)).toHaveValue('regexp')
  await expect(preview(page)).toContainText('1 could not be parsed')
  await fix(page, 'Leave such lines out').click()
  await expect(preview(page)).toContainText('All 40 records of 1 file')
  await expect(preview(page)).toContainText('does not match the regular expression and is left out.')
})

test('Expand JSON gives whole lines their columns, and keeps the line', async ({ page }) => {
  await lookAt(page, '/audit/')
  await expect(looks(page).getByRole('listitem').first()).toBeVisible()
  await typeOf(page).selectOption('line')
  const expand = page.getByRole('checkbox', { name: 'Expand JSON' })
  await expand.check()
  await expect(grid(page)).toContainText('user 1')
  await expectColumns(page, [
    ['line', 'string'],
    ['severity', 'string'],
  ])
  await expand.uncheck()
  await expect(preview(page)).toContainText('1 column')
  await expand.check()
  await create(page, 'expanded')
  await expectRow(page, 1, [/^\{"severity":"INFO"/, 'INFO'])
  await page.goto('/projects/DEMO/datasets/expanded/settings?tab=format')
  await expect(expand).toBeChecked()
  await expect(grid(page)).toContainText('user 1')
})
