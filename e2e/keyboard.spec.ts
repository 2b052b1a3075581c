import type { Locator, Page } from '@playwright/test'
import { arrowTo, pressOn, tabTo, typeInto } from './support/keyboard'
import type { Login } from './support/launchpad'
import { expect, test } from './support/test'
import { INSTANCE_LOGS } from './support/wizard'

test.use({ start: { command: ['demo'] } })
test.describe.configure({ mode: 'serial' })

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** From the address of the application on, nothing but keys. */
async function signInByKeys(page: Page, { login, password }: Login): Promise<void> {
  await page.goto('/')
  await typeInto(page, page.getByLabel('Login'), login)
  await typeInto(page, page.getByLabel('Password'), password)
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(/sign-in/)
}

test('an administrator opens the audit connection to designers', async ({ page, launchpad }) => {
  await signInByKeys(page, launchpad.demo().admin)
  await pressOn(
    page,
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Connections' }),
  )
  await pressOn(page, page.getByRole('link', { name: 'dku-audit-log' }).first())
  await pressOn(page, page.getByRole('link', { name: 'Permissions' }))
  await pressOn(page, button(page, 'Add groups or people'))
  await expect(page.getByRole('combobox', { name: 'Search groups and people' })).toBeFocused()
  await page.keyboard.type('designers')
  await expect(page.getByRole('option', { name: /designers/ })).toBeVisible()
  await arrowTo(page, page.getByRole('option', { name: /designers/ }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const save = button(page, 'Give 1 person access')
  await expect(save).toBeEnabled()
  await pressOn(page, save)
  await expect(page.getByText('1 person may now use dku-audit-log')).toBeVisible()
})

test('Enter chooses what was typed, though the search has not answered yet', async ({ page, launchpad }) => {
  await signInByKeys(page, launchpad.demo().admin)
  await page.goto('/launchpad/connections/dku-audit-log/permissions')
  await pressOn(page, button(page, 'Add groups or people'))
  await expect(page.getByRole('option').nth(1)).toBeVisible()
  const answer = Promise.withResolvers<void>()
  await page.route('**/api/connections/principals?*', async (route) => {
    await answer.promise
    await route.continue()
  })
  await page.keyboard.type('desig')
  await expect(page.getByRole('option')).toHaveText([/designers/])
  const designers = page.getByRole('option', { name: /designers/ })
  const before = (await designers.getAttribute('aria-selected')) ?? ''
  await page.keyboard.press('Enter')
  answer.resolve()
  await expect(designers).not.toHaveAttribute('aria-selected', before)
})

test('an analyst makes a dataset of it and opens a record', async ({ page, launchpad }) => {
  await signInByKeys(page, launchpad.demo().analyst)
  await pressOn(page, page.getByRole('link', { name: 'Demo data' }))
  await expect(page).toHaveURL(/\/projects\/DEMO\/flow/)
  await pressOn(page, button(page, '+ Dataset'))
  await arrowTo(page, page.getByRole('menuitem', { name: 'Cloud storages & Social' }))
  await page.keyboard.press('ArrowRight')
  await arrowTo(page, page.getByRole('menuitem', { name: 'Amazon S3' }))
  await page.keyboard.press('Enter')

  await tabTo(page, page.getByLabel('S3 connection'))
  await page.keyboard.type(INSTANCE_LOGS.connection)
  await expect(page.getByLabel('S3 connection')).toHaveValue(INSTANCE_LOGS.connection)
  await browseToLogs(page)
  await expect(page.getByLabel('Path in bucket')).toHaveValue(INSTANCE_LOGS.path)
  const files = page.getByRole('region', { name: 'Files', exact: true })
  await goOnIfAsked(page, files)
  await expect(files).toContainText('kept')

  await pressOn(
    page,
    page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: /^Partitioning/ }),
  )
  await pressOn(page, button(page, 'Activate partitioning'))
  await pressOn(page, button(page, 'Use suggested partitioning'))
  await typeInto(page, page.getByLabel('Pattern'), INSTANCE_LOGS.pattern)
  await nameDimensions(page)
  await pressOn(page, button(page, 'List partitions'))
  const partitions = page.getByRole('region', { name: 'Partitions', exact: true })
  await goOnIfAsked(page, partitions)
  await expect(partitions).toContainText(/\d+ partitions/)
  await expect(partitions).toContainText('matched')

  await tabTo(page, page.getByLabel('Dataset name'), 'Shift+Tab')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(INSTANCE_LOGS.name)
  await pressOn(page, button(page, 'Create'))
  await expect(page).toHaveURL(/\/datasets\/instance_audit_logs\/explore/)

  const grid = page.getByRole('grid', { name: 'Sample' })
  await tabTo(page, grid)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const record = page.getByRole('complementary', { name: 'Record 2' })
  await expect(record).toBeVisible()
  await tabTo(page, record.getByRole('button', { name: 'Next record' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Record 3' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(grid).toBeFocused()
})

test('and finds it in the Flow', async ({ page, launchpad }) => {
  await signInByKeys(page, launchpad.demo().analyst)
  await pressOn(page, page.getByRole('link', { name: 'Demo data' }))
  const square = page.getByRole('button', { name: 'instance_audit_logs, partitioned dataset' })
  await pressOn(page, square)
  await expect(page.getByRole('complementary', { name: 'instance_audit_logs' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Connections')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/launchpad\/connections$/)
})

/** A listing of more than 1,000 keys tells what it takes before it runs. */
async function goOnIfAsked(page: Page, region: Locator): Promise<void> {
  const goOn = region.getByRole('button', { name: 'Go on' })
  await expect(goOn.or(region.getByText('Listed').first()).first()).toBeVisible()
  if (await goOn.isVisible()) await pressOn(page, goOn)
}

/** Browse… with the arrows: into the folder of the logs, and that one chosen. */
async function browseToLogs(page: Page): Promise<void> {
  await pressOn(page, button(page, 'Browse…'))
  const dialog = page.getByRole('dialog', { name: 'Browse dku-audit-log' })
  await expect(dialog).toBeVisible()
  const choose = dialog.getByRole('button', { name: `Choose ${INSTANCE_LOGS.path}` })
  if (!(await choose.isVisible())) {
    await expect(dialog.getByText('audit-logs').first()).toBeVisible()
    await page.keyboard.type('audit')
    await page.keyboard.press('Enter')
  }
  await pressOn(page, choose)
  await expect(dialog).toBeHidden()
}

/** The dimensions of the suggestion get the names of the pattern. */
async function nameDimensions(page: Page): Promise<void> {
  const names = page.getByLabel('Name', { exact: true })
  await expect(names).toHaveCount(2)
  await typeInto(page, names.first(), 'node_type')
  await typeInto(page, names.last(), 'date')
  await tabTo(page, page.getByLabel('Period'))
  await page.keyboard.type('Day')
  await expect(page.getByLabel('Period')).toHaveValue('DAY')
}
