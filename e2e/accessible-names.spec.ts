import type { Locator, Page } from '@playwright/test'
import { openVisitor, type Visitor } from './support/pages'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

// The names that people and their tools go by; each to the letter.

test.use({ start: { command: ['demo', '--empty'] } })

let visitor: Visitor
let page: Page
test.beforeAll(async ({ browser, launchpad }) => {
  visitor = await openVisitor(browser, launchpad)
  page = visitor.page
})
test.afterAll(() => visitor?.close())

type Role = Parameters<Page['getByRole']>[0]
const the = (role: Role, name: string): Locator => page.getByRole(role, { name, exact: true })
const seen = async (role: Role, ...names: string[]) => {
  for (const name of names) await expect(the(role, name), `${role} ${name}`).toBeVisible()
}
const visit = async (as: 'admin' | 'analyst', address: string) =>
  visitor.visit({ as, address: ({ draftId }) => address.replace('DRAFT', draftId) })

test('of signing in', async () => {
  await visitor.visit({ address: () => '/sign-in' })
  await seen('textbox', 'Login')
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
  await seen('button', 'Sign in')
})

test('of adding a dataset in the Flow', async () => {
  await visit('analyst', '/projects/DEMO/flow')
  await the('button', '+ Dataset').click()
  await the('menuitem', 'Cloud storages & Social').click()
  await seen('menuitem', 'Amazon S3')
})

test('of the wizard', async () => {
  await visit('analyst', '/projects/DEMO/datasets/new?draft=DRAFT&tab=files')
  await seen('textbox', 'Dataset name', 'Path in bucket')
  await seen('combobox', 'S3 connection')
  await seen('button', 'Browse…', 'List files', 'Show advanced options', 'Create', 'Discard')
  await goToTab(page, 'Format / Preview')
  await seen('combobox', 'Type', 'Charset', 'File compression')
  await seen('textbox', 'Maximum characters per line')
  await goToTab(page, 'Partitioning')
  await seen('textbox', 'Pattern')
  await expect(the('textbox', 'Name')).toHaveCount(2)
  await seen('combobox', 'Period')
  await seen('button', 'Add discrete dimension', 'Add time dimension', 'List partitions')
})

test('of partitioning that is not activated yet', async () => {
  await visit('analyst', '/projects/DEMO/datasets/new?connection=dku-audit-log&tab=files')
  await the('textbox', 'Path in bucket').fill('/audit-logs/')
  await goToTab(page, 'Partitioning')
  await the('button', 'Activate partitioning').click()
  await seen('button', 'Use suggested partitioning')
})

test('of connections and their permissions', async () => {
  await visit('admin', '/launchpad/connections')
  await seen('link', 'Add a connection')
  await visit('admin', '/launchpad/connections/dku-audit-log')
  await seen('button', 'Test')
  await visit('admin', '/launchpad/connections/dku-audit-log/permissions')
  for (const [group, choices] of Object.entries({
    'Freely usable by': ['Everyone in this space', 'Selected groups and people'],
    'Details readable by': ['Nobody', 'Selected groups', 'Everyone in this space'],
  })) {
    const radios = the('group', group).getByRole('radio')
    for (const name of choices) await expect(radios.and(the('radio', name))).toHaveCount(1)
  }
  await seen('checkbox', 'Also required to read datasets on this connection')
  await seen('button', 'Add groups or people')
  await the('checkbox', 'Hide it from everyone else').click()
  await seen('button', 'Save', 'Discard')
  await the('button', 'Discard').click()
})

test('of extensions', async () => {
  await visit('admin', '/launchpad/extensions/dku-audit-log')
  await seen('button', 'Deactivate')
})
