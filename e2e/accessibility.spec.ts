import type { Page } from '@playwright/test'
import {
  ALL_PAGES,
  BEFORE_THE_SPACE,
  openVisitor,
  PAGES,
  type PageEntry,
  type Visitor,
} from './support/pages'
import type { Showcase } from './support/showcase'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })

let visitor: Visitor
test.beforeAll(async ({ browser, launchpad }) => {
  visitor = await openVisitor(browser, launchpad)
})
test.afterAll(() => visitor?.close())

test('every page has an entry', () => {
  expect([...Object.keys(PAGES), ...BEFORE_THE_SPACE].sort()).toEqual(ALL_PAGES)
})

for (const [name, entry] of Object.entries(PAGES)) {
  test(`page /${name}`, async ({ checkAccessibility }) => {
    await visitor.visit(entry)
    await checkAccessibility(visitor.page)
  })
}

interface State extends PageEntry {
  reach?: (page: Page) => Promise<void>
}

const wizard = ({ projectKey, draftId }: Showcase) => `/projects/${projectKey}/datasets/new?draft=${draftId}`
const step = (label: string): State => ({
  as: 'analyst',
  address: wizard,
  reach: (page) => goToTab(page, label),
})
const button = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()

/** What pages turn into while someone works on them. */
const STATES: Record<string, State> = {
  'a page one may not open': { as: 'analyst', address: () => '/launchpad/users' },
  'a connection one may not use': {
    as: 'analyst',
    address: () => '/launchpad/connections/customer-audit-log',
  },
  'a page that is not there': { as: 'analyst', address: () => '/projects/DEMO/nothing/here' },
  'a dataset that is not there': { as: 'analyst', address: () => '/projects/DEMO/datasets/none/explore' },
  'wizard, Format / Preview': step('Format / Preview'),
  'wizard, Schema': step('Schema'),
  'wizard, Partitioning': step('Partitioning'),
  'wizard, Advanced': step('Advanced'),
  'wizard, partitions listed': {
    as: 'analyst',
    address: wizard,
    reach: async (page) => {
      await goToTab(page, 'Partitioning')
      await button('List partitions')(page)
      await expect(page.getByRole('region', { name: 'Partitions', exact: true })).toContainText('matched')
    },
  },
  'wizard, browsing': {
    as: 'analyst',
    address: wizard,
    reach: async (page) => {
      await button('Browse…')(page)
      await expect(page.getByRole('dialog', { name: 'Browse dku-audit-log' })).toBeVisible()
    },
  },
  '+ Dataset': { as: 'analyst', address: () => '/projects/DEMO/flow', reach: button('+ Dataset') },
  'a record': {
    as: 'analyst',
    address: () => '/projects/DEMO/datasets/instance_audit_logs/explore',
    reach: async (page) => {
      await page.getByRole('grid', { name: 'Sample' }).getByRole('gridcell').first().click()
      await expect(page.getByRole('complementary', { name: 'Record 1' })).toBeVisible()
    },
  },
  'a dataset in the Flow': {
    as: 'analyst',
    address: () => '/projects/DEMO/flow?dataset=instance_audit_logs',
  },
  'permissions, changed': {
    as: 'admin',
    address: () => '/launchpad/connections/dku-audit-log/permissions',
    reach: async (page) => {
      await button('Take designers off')(page)
      await expect(page.getByRole('button', { name: 'Take access from 1 person' })).toBeEnabled()
    },
  },
  'permissions, choosing people': {
    as: 'admin',
    address: () => '/launchpad/connections/dku-audit-log/permissions',
    reach: async (page) => {
      await button('Add groups or people')(page)
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  'a node to be': { as: 'admin', address: () => '/launchpad/api-nodes', reach: button('Register a node') },
  'an extension to deactivate': {
    as: 'admin',
    address: () => '/launchpad/extensions/dku-audit-log',
    reach: button('Deactivate'),
  },
  'go to anything': {
    as: 'admin',
    address: () => '/launchpad',
    reach: async (page) => {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
}

for (const [name, { reach, ...entry }] of Object.entries(STATES)) {
  test(`state: ${name}`, async ({ checkAccessibility }) => {
    await visitor.visit(entry)
    await reach?.(visitor.page)
    await checkAccessibility(visitor.page)
  })
}
