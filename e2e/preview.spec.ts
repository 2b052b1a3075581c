import { gzipSync } from 'node:zlib'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Locator, Page } from '@playwright/test'
import { create, expectColumns, lookAt, openToEveryone, putFoundFiles, typeOf } from './support/found-files'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })

const COLUMNS = 500
const LEVELS = 60
const LONG = 'long '.repeat(2_000)

const rows = (count: number, row: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => `${row(n + 1)}\n`).join('')

/** `{"in":{"in":…"the core"}}`, so many levels deep. */
function nest(levels: number): unknown {
  let value: unknown = 'the core'
  for (let level = 0; level < levels; level++) value = { in: value }
  return value
}
const wide = (n: number) => ({
  n,
  long: LONG,
  deep: nest(LEVELS),
  ...Object.fromEntries(Array.from({ length: COLUMNS }, (_, at) => [`c${at + 1}`, `${at + 1} of ${n}`])),
})

const orders = gzipSync(`order,item,amount\n${rows(4_000, (n) => `${n},lamp ${n},${(n * 7_919) % 10_007}`)}`)

test.beforeAll(async ({ launchpad, behind }) => {
  await putFoundFiles(launchpad, behind, {
    'second/drift/2026/codes.csv': rows(20, (n) => (n === 1 ? 'code;label' : `${n};second ${n}`)),
    'written/דוחות/2026/11/21/קובץ.csv': 'id,name\n1,Ann\n2,Ben\n',
    'drift/2025/shop.csv': rows(20, (n) => (n === 1 ? 'id;name;amount' : `${n};lamp ${n};${n}`)),
    'drift/2026/1.csv': rows(20, (n) => (n === 1 ? 'id,name,price,currency' : `${n},lamp ${n},${n},EUR`)),
    'drift/2026/shop.csv': rows(20, (n) => (n === 1 ? 'id,name,price,currency' : `${n},lamp ${n},${n},EUR`)),
    'kinds/1.log': 'first log\n',
    'kinds/2.log': 'second log\n',
    'kinds/3.log': 'third log\n',
    'kinds/4.log': '',
    'kinds/5.csv': 'id,name\n1,Ann\n2,Ben\n',
    'kinds/6.csv': 'id,name\n3,Cleo\n4,Dora\n',
    'cut/1.csv.gz': gzipSync(`order,item,amount\n${rows(40, (n) => `${n},lamp ${n},${n}`)}`),
    'cut/2.csv.gz': orders.subarray(0, orders.length / 2),
    'cut/3.csv.gz': gzipSync(`order,item,amount\n${rows(40, (n) => `${40 + n},lamp ${40 + n},${n}`)}`),
    'wide/records.ndjson': rows(3, (n) => JSON.stringify(wide(n))),
  })
  await openToEveryone(launchpad, behind, 'second', '/found/second/')
})

test.beforeEach(async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new')
})

const preview = (page: Page) => page.getByRole('region', { name: 'Preview', exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('an older file is compared, and shows how the format has changed', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/drift/')
  await expect(typeOf(page)).toHaveValue('csv')
  await expect(page.getByLabel('Separator', { exact: true })).toHaveValue(',')
  await expect(preview(page)).toContainText('/2026/shop.csv')
  await press(page, 'Compare with…')
  await page.getByRole('menuitem', { name: /2025\/shop\.csv/ }).click()
  const comparison = page.getByRole('region', { name: 'Comparison' })
  await expect(comparison).toContainText('Separator: comma in this file, semicolon in the other one.')
  await expect(comparison).toContainText('Only in this file: ')
  await expect(comparison).toContainText('price')
  await expect(comparison).toContainText('Only in the other file: ')
  const other = page.getByRole('region', { name: 'The other file' })
  await expect(other).toContainText('2;lamp 2;2')
  await expect(page.getByRole('region', { name: 'This file' })).toContainText('EUR')
  await checkAccessibility(page)

  await press(page, 'End comparison')
  await expect(comparison).toHaveCount(0)
  await press(page, 'Another file')
  await page.getByRole('menuitem', { name: /2025\/shop\.csv/ }).click()
  await page.getByLabel('Separator', { exact: true }).selectOption(';')
  await expect(preview(page)).toContainText('/2025/shop.csv')
  await press(page, 'Compare with…')
  await page.getByRole('menuitem', { name: /2026\/shop\.csv/ }).click()
  await expect(comparison).toContainText('Separator: semicolon in this file, comma in the other one.')
})

test('on another connection the file that one looked at, and the one held beside it, are let go', async ({
  page,
}) => {
  await lookAt(page, '/drift/2026/')
  await expect(preview(page)).toContainText('/shop.csv')
  await press(page, 'Another file')
  await page.getByRole('menuitem', { name: /1\.csv/ }).click()
  await expect(preview(page)).toContainText('/1.csv')
  await press(page, 'Compare with…')
  await page.getByRole('menuitem', { name: /shop\.csv/ }).click()
  await expect(page.getByRole('region', { name: 'Comparison' })).toBeVisible()
  await goToTab(page, 'Files')
  await page.getByLabel('S3 connection').selectOption('second')
  await expect(preview(page)).toContainText('/codes.csv')
  await expect(preview(page).getByRole('grid', { name: 'Preview' })).toContainText('second 2')
  await expect(page.getByRole('region', { name: 'Comparison' })).toHaveCount(0)
})

test('files that a listing finds changed are looked at anew', async ({ page, behind }) => {
  const write = (Body: string) =>
    behind.writer.client.send(
      new PutObjectCommand({ Bucket: behind.writer.bucket, Key: 'found/rewritten/a.csv', Body }),
    )
  const grid = preview(page).getByRole('grid', { name: 'Preview' })
  await write(rows(60, (n) => (n === 1 ? 'id,name' : `${n},lamp ${n}`)))
  await page.getByLabel('S3 connection').selectOption('found')
  await page.getByLabel('Path in bucket').fill('/rewritten/')
  await press(page, 'List files')
  const files = page.getByRole('region', { name: 'Files', exact: true })
  await expect(files).toContainText('1 kept')
  await expect(grid).toContainText('lamp 2')
  await write(rows(70, (n) => (n === 1 ? 'code;label;price' : `${n};second ${n};1`)))
  await press(page, 'List files')
  await expectColumns(page, [
    ['code', 'string'],
    ['label', 'string'],
    ['price', 'string'],
  ])
  await expect(grid).toContainText('second 2')
  await goToTab(page, 'Schema')
  await expect(page.getByLabel('Name of column 3', { exact: true })).toHaveValue('price')
})

test('folders are shown in their order, also where their names run from right to left', async ({ page }) => {
  await lookAt(page, '/written/')
  const used = preview(page).getByRole('button', { name: '/דוחות/2026/11/21/קובץ.csv, copy path' })
  await expect(used).toBeVisible()
  const places = await used.evaluate(
    (button, parts) => {
      const letters = [...button.childNodes].flatMap((span) =>
        [...(span.textContent ?? '')].map((letter, at) => ({ letter, at, text: span.firstChild as Text })),
      )
      const shown = letters.map(({ letter }) => letter).join('')
      return parts.map((part) => {
        const { text, at } = letters[shown.indexOf(part)] ?? {}
        const range = document.createRange()
        range.setStart(text as Text, at ?? 0)
        range.setEnd(text as Text, (at ?? 0) + part.length)
        return range.getBoundingClientRect().left
      })
    },
    ['דוחות', '2026', '21', 'קובץ', 'csv'],
  )
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('the preview opens the newest file of the largest kind that is not empty, and follows the kind that is kept', async ({
  page,
}) => {
  await page.getByLabel('S3 connection').selectOption('found')
  await page.getByLabel('Path in bucket').fill('/kinds/')
  await press(page, 'List files')
  const files = page.getByRole('region', { name: 'Files', exact: true })
  await expect(files).toContainText('6 kept')
  await expect(preview(page)).toContainText('third log')
  await expect(preview(page)).toContainText('/3.log')
  await press(page, 'Keep only these: .csv')
  await expect(page.getByLabel('Expression of rule 1')).toHaveValue('*.csv')
  await expect(page.getByText('takes 2 of 6 files', { exact: true })).toBeVisible()
  await expect(files).toContainText('2 kept')
  await expect(preview(page)).toContainText('/6.csv')
  await expect(preview(page).getByRole('grid', { name: 'Preview' })).toContainText('Dora')
})

test('a file that ends too early fails what reads it, or is warned of, counted and listed', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/cut/')
  await expect(typeOf(page)).toHaveValue('csv')
  await create(page, 'strict')
  const failed = page.getByRole('alert').filter({ hasText: '/cut/2.csv.gz' })
  await expect(failed).toBeVisible()

  await page.goto('/projects/DEMO/datasets/new')
  await lookAt(page, '/cut/')
  await expect(typeOf(page)).toHaveValue('csv')
  await goToTab(page, 'Advanced')
  const unreadable = page.getByRole('group', { name: 'Unreadable files' })
  await unreadable.getByRole('radio', { name: 'Leave out and count' }).check()
  await create(page, 'lenient')
  await expectColumns(page, [
    ['order', 'string'],
    ['item', 'string'],
    ['amount', 'string'],
  ])
  await expect(page.getByRole('grid', { name: 'Sample' })).toContainText('lamp 1')
  const notes = page.getByRole('status').filter({ hasText: 'in the files of this sample' })
  await expect(notes).toContainText('1 problem')
  await notes.getByRole('button', { name: 'Show' }).click()
  const listed = page.getByRole('dialog')
  await expect(listed).toContainText('the file was cut short')
  await expect(listed).toContainText('/cut/2.csv.gz')
  await expect(listed).toContainText(/byte [\d,]+/)
  await checkAccessibility(page)
  await page.keyboard.press('Escape')
  await page.getByRole('grid', { name: 'Sample' }).focus()
  await page.keyboard.press('Control+End')
  await expect(page.getByRole('grid', { name: 'Sample' })).toContainText('lamp 80')
})

test('long values, hundreds of columns and many levels stay usable, on a large screen and a small one', async ({
  page,
  checkAccessibility,
}) => {
  await lookAt(page, '/wide/')
  await expect(typeOf(page)).toHaveValue('json')
  const grid = page.getByRole('grid', { name: 'Preview' })
  await expectUsable(page, grid)
  await checkAccessibility(page)

  await page.setViewportSize({ width: 390, height: 844 })
  await press(page, 'Preview')
  const sheet = page.getByRole('dialog', { name: 'Preview' })
  await expectUsable(page, sheet.getByRole('grid', { name: 'Preview' }))
  await page.keyboard.press('Escape')
  await create(page, 'wide')
  await expectUsable(page, page.getByRole('grid', { name: 'Sample' }))
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.reload()
  await expectUsable(page, page.getByRole('grid', { name: 'Sample' }))
})

/** Goes to the ends of a grid, and through a whole record, without the page growing wider than its window. */
async function expectUsable(page: Page, grid: Locator): Promise<void> {
  await expect(grid).toHaveAttribute('aria-rowcount', '4')
  await expect(grid.getByRole('gridcell', { name: /^long / }).first()).toBeVisible()
  const cell = await grid
    .getByRole('gridcell', { name: /^long / })
    .first()
    .boundingBox()
  expect(cell?.height ?? 0).toBeLessThanOrEqual(44)
  expect(cell?.width ?? 0).toBeLessThanOrEqual(640)
  await grid.focus()
  await page.keyboard.press('Control+End')
  await expect(grid.getByRole('gridcell', { name: `${COLUMNS} of 3`, exact: true })).toBeInViewport()
  // Of hundreds of columns those that are seen are drawn.
  expect(await grid.getByRole('gridcell').count()).toBeLessThan(3 * 60)
  await page.keyboard.press('Enter')
  const record = page.getByRole('complementary', { name: 'Record 3' })
  await expect(record).toBeInViewport()
  await expect(record).toContainText('records.ndjson')
  await record.getByText('Raw', { exact: true }).click()
  await expect(record).toContainText('the core')
  await expect(record).toContainText(`"c${COLUMNS}":"${COLUMNS} of 3"`)
  await expectToFit(page)
  await page.keyboard.press('Escape')
  await expect(record).toHaveCount(0)
  await expect(grid).toBeFocused()
  await page.keyboard.press('Control+Home')
  await expect(grid.getByRole('gridcell', { name: /^long / }).first()).toBeInViewport()
  await expectToFit(page)
}

async function expectToFit(page: Page): Promise<void> {
  const overhang = () =>
    page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - document.documentElement.clientWidth)
  await expect.poll(overhang).toBeLessThanOrEqual(0)
}
