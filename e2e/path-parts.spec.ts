import type { Page } from '@playwright/test'
import { usableByGroups } from './support/definitions'
import { create, putFoundFiles } from './support/found-files'
import { signInByHttp } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] }, viewport: { width: 1600, height: 900 } })
test.describe.configure({ mode: 'serial' })

const DAY_MS = 86_400_000
/** Nine days before today up to tomorrow, which no midnight in between makes others for "-7d/now". */
const DAYS = Array.from({ length: 11 }, (_, n) =>
  new Date(Date.now() + (n - 9) * DAY_MS).toISOString().slice(0, 10),
)
const NODES = ['api', 'design']
/** What nobody reads who may not. */
const CANARY = 'for the eyes of few'

test.beforeAll(async ({ launchpad, behind }) => {
  const logs = NODES.flatMap((node) =>
    DAYS.map((day): [string, string] => [
      `logs/${node}/${day.replaceAll('-', '/')}/00/a.log`,
      `${node} of ${day}, ${CANARY}\nlast of ${node} ${day}\n`,
    ]),
  )
  await putFoundFiles(launchpad, behind, {
    ...Object.fromEntries(logs),
    'logs/README': 'about these files\n',
    'logs/design/notes.txt': 'notes\n',
  })
})

const form = (page: Page) => page.getByRole('region', { name: 'Partitioning settings' })
const example = (page: Page) => form(page).getByRole('region', { name: 'Example path' })
const click = async (page: Page, part: RegExp, becomes: string) => {
  await example(page).getByRole('button', { name: part }).click()
  await page.getByRole('menuitem', { name: becomes, exact: true }).click()
}

test('parts of a path are clicked to be a dimension and the date, and what they match follows', async ({
  page,
  launchpad,
  signIn,
  checkAccessibility,
}) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new?connection=found&tab=files')
  await page.getByLabel('Path in bucket').fill('/logs/')
  await page.getByRole('button', { name: 'List files' }).click()
  await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('24 kept')
  await goToTab(page, 'Partitioning')
  await page.getByRole('button', { name: 'Activate partitioning' }).click()
  await expect(example(page)).toContainText('choose a part to make it a dimension')
  const pattern = page.getByLabel('Pattern')

  const paths = form(page).getByRole('combobox', { name: 'Example path' })
  await paths.selectOption(`/design/${DAYS[5]?.replaceAll('-', '/')}/00/a.log`)
  await click(page, /^design, /, 'Dimension node_type')
  await expect(pattern).toHaveValue('/%{node_type}/.*')
  await expect(form(page)).toContainText('matches 23 of 24 examples')
  await click(page, new RegExp(`^${DAYS[5]?.slice(0, 4)}, `), 'Date, by day')
  await expect(pattern).toHaveValue('/%{node_type}/%Y/%M/%D/.*')
  await expect(form(page)).toContainText('matches 22 of 24 examples')
  await expect(page.getByLabel('Period')).toHaveValue('DAY')
  await click(page, /^00, /, 'Part of the date, by hour')
  await expect(pattern).toHaveValue('/%{node_type}/%Y/%M/%D/%H/.*')
  await expect(page.getByLabel('Period')).toHaveValue('HOUR')
  await checkAccessibility(page)
  await form(page).getByRole('button', { name: 'Undo' }).click()
  await expect(pattern).toHaveValue('/%{node_type}/%Y/%M/%D/.*')

  await page.getByRole('button', { name: 'List partitions' }).click()
  await expect(page.getByRole('region', { name: 'Partitions', exact: true })).toContainText('22 partitions')
  await create(page, 'clicked')
  await page.goto('/projects/DEMO/datasets/clicked/partitions')
  const found = page.getByRole('main')
  await expect(found.getByRole('button', { name: new RegExp(`design · ${DAYS[3]} · 1 file`) })).toBeVisible()
  await expect(found.getByRole('button', { name: new RegExp(`api · ${DAYS[8]} · 1 file`) })).toBeVisible()
})

test('LATEST and the last days show at once which partitions they are', async ({
  page,
  launchpad,
  signIn,
  checkAccessibility,
}) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/clicked/explore')
  const change = page.getByRole('button', { name: /· change$/ })
  await change.click()
  const dialog = page.getByRole('dialog', { name: 'Change the sample' })
  const range = dialog.getByLabel('Partitions')
  await range.fill('design|LATEST(3)')
  await expect(dialog).toContainText('Resolves to 3 partitions')
  await expect(dialog).toContainText(
    DAYS.slice(-3)
      .map((day) => `design|${day}`)
      .join(', '),
  )
  await range.fill('*|-7d/now')
  await expect(dialog).toContainText(/Resolves to 1[46] partitions/)
  await expect(dialog).toContainText(/api\|\d{4}-\d\d-\d\d, .*, …, design\|\d{4}-\d\d-\d\d/)
  await checkAccessibility(page)
  await range.fill('design|LATEST(0)')
  await expect(dialog).toContainText('needs a number from 1')
  await expect(dialog.getByRole('button', { name: 'Read this sample' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )

  await range.fill('design|LATEST(3)')
  await dialog.getByRole('button', { name: 'Read this sample' }).click()
  const grid = page.getByRole('grid', { name: 'Sample' })
  await expect(grid).toHaveAttribute('aria-rowcount', '7')
  for (const day of DAYS.slice(-3)) await expect(grid).toContainText(`last of design ${day}`)
  await expect(grid).not.toContainText('api of')
  await expect(change).toContainText('6 records of 3 chosen partitions of 22')

  await change.click()
  await dialog.getByLabel('Which records').selectOption('last')
  await range.fill('')
  await dialog.getByRole('button', { name: 'Read this sample' }).click()
  await expect(change).toContainText(/^The last \d+ records of the \d+ files? changed last/)
  await expect(grid).toContainText(`last of design ${DAYS.at(-2)}`)
  await change.click()
  await dialog.getByLabel('Which records').selectOption('random')
  await range.fill('design|*')
  await dialog.getByRole('button', { name: 'Read this sample' }).click()
  await expect(change).toContainText('All 22 records, within design|*')
})

test('a link, and a cell, are copied where pages come over plain http and browsers give no clipboard', async ({
  page,
  launchpad,
  signIn,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'clipboard')
  })
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new?connection=found&tab=files')
  const path = page.getByLabel('Path in bucket')
  await path.fill('/logs/')
  await path.press('Enter')
  const cell = page.getByRole('grid', { name: 'Preview' }).getByRole('gridcell').last()
  await expect(cell).toContainText(/./)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('The link was copied.')).toBeVisible()
  const name = page.getByLabel('Dataset name')
  await name.fill('')
  await name.press('Control+v')
  await expect(name).toHaveValue(/\/projects\/DEMO\/datasets\/new#settings=/)
  const text = (await cell.textContent()) ?? ''
  await cell.click()
  await page.keyboard.press('Escape')
  await page.getByRole('grid', { name: 'Preview' }).press('Control+c')
  await name.fill('')
  await name.press('Control+v')
  await expect(name).toHaveValue(text.trim())
})

test('settings of a link show nothing of the files to whom the connection is closed', async ({
  page,
  browser,
  launchpad,
  signIn,
  checkAccessibility,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: launchpad.url })
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new?connection=found&tab=files')
  await page.getByLabel('Path in bucket').fill('/logs/')
  await page.getByLabel('Path in bucket').press('Enter')
  await expect(page.getByRole('region', { name: 'Preview', exact: true })).toContainText(CANARY)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('The link was copied.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  await setPermissions(launchpad.url, as, 'found', usableByGroups([]))
  const context = await browser.newContext({ baseURL: launchpad.url })
  const theirs = await context.newPage()
  const answers: Promise<string>[] = []
  theirs.on('response', (answer) => {
    if (answer.url().includes('/api/')) answers.push(answer.text().catch(() => ''))
  })
  await signIn(theirs, launchpad.demo().analyst)
  await theirs.goto(link)
  await expect(theirs.getByText('These settings come from a link')).toBeVisible()
  await expect(theirs.getByLabel('Path in bucket')).toHaveValue('/logs/')
  const refused = theirs.waitForResponse((answer) => answer.url().endsWith('/api/files/preview'))
  await theirs.reload()
  expect((await refused).status()).toBe(403)
  await expect(theirs.getByText('You need to be named in “Freely usable by” of found.').first()).toBeVisible()
  await expect(theirs.getByRole('region', { name: 'Preview', exact: true })).toContainText('You need')
  await expect(theirs.getByRole('grid', { name: 'Preview' })).toHaveCount(0)
  await checkAccessibility(theirs)
  expect(await theirs.content()).not.toContain(CANARY)
  expect((await Promise.all(answers)).join('\n')).not.toContain(CANARY)
  await context.close()
})
