import { expect, type Locator, type Page } from '@playwright/test'
import { untilLoaded } from './pages'
import type { Showcase } from './showcase'
import { goToTab } from './wizard'

/** A page in one of its states, and how to get it there. */
export interface ShotState {
  as: 'admin' | 'analyst' | null
  address: (showcase: Showcase) => string
  /** Before the page is opened: what the server is made to answer. */
  prepare?: (page: Page) => Promise<unknown>
  reach: (page: Page) => Promise<void>
}

/** Pages that read something first, with the address of what they read. */
const READING: Record<string, { as: 'admin' | 'analyst'; address: string; reads: string; empty?: unknown }> =
  {
    overview: { as: 'admin', address: '/launchpad', reads: '/api/overview' },
    extensions: { as: 'admin', address: '/launchpad/extensions', reads: '/api/extensions' },
    connections: {
      as: 'admin',
      address: '/launchpad/connections',
      reads: '/api/connections',
      empty: { items: [], canAdd: true, ask: ['Ada Lind'] },
    },
    permissions: {
      as: 'admin',
      address: '/launchpad/connections/dku-audit-log/permissions',
      reads: '/api/connections/dku-audit-log/permissions',
    },
    activity: {
      as: 'admin',
      address: '/launchpad/connections/dku-audit-log/activity',
      reads: '/api/connections/dku-audit-log/activity*',
      empty: { items: [], next: null },
    },
    'api-nodes': { as: 'admin', address: '/launchpad/api-nodes', reads: '/api/nodes' },
    users: { as: 'admin', address: '/launchpad/users', reads: '/api/users*' },
    invites: {
      as: 'admin',
      address: '/launchpad/users/invites',
      reads: '/api/invites',
      empty: { invites: [] },
    },
    keys: { as: 'analyst', address: '/keys', reads: '/api/keys', empty: { keys: [], canCreate: true } },
    projects: {
      as: 'analyst',
      address: '/projects',
      reads: '/api/projects',
      empty: { projects: [], canCreate: true },
    },
    flow: {
      as: 'analyst',
      address: '/projects/DEMO/flow',
      reads: '/api/projects/DEMO/datasets',
      empty: { datasets: [], canCreate: true },
    },
    jobs: {
      as: 'analyst',
      address: '/projects/DEMO/jobs',
      reads: '/api/projects/DEMO/jobs',
      empty: { jobs: [], next: null },
    },
    metrics: {
      as: 'analyst',
      address: '/projects/DEMO/datasets/instance_audit_logs/metrics',
      reads: '/api/projects/DEMO/datasets/instance_audit_logs/metrics*',
      empty: {
        whole: [],
        outside: { columns: [], more: 0, values: 0 },
        partitions: [],
        next: null,
        jobId: null,
      },
    },
    explore: {
      as: 'analyst',
      address: '/projects/DEMO/datasets/instance_audit_logs/explore',
      reads: '/api/projects/DEMO/datasets/instance_audit_logs/sample*',
    },
    partitions: {
      as: 'analyst',
      address: '/projects/DEMO/datasets/instance_audit_logs/partitions',
      reads: '/api/projects/DEMO/datasets/instance_audit_logs/partitions',
      empty: { report: null, stale: false, jobId: null },
    },
  }

const PROBLEM = {
  type: 'about:blank',
  title: 'Something went wrong here',
  status: 500,
  code: 'internal',
  detail: 'Launchpad could not do this because of a fault of its own.',
  requestId: '0190f3c2-0000-7000-8000-000000000000',
  details: { remedy: 'Try again. If it happens again, tell your administrator the request id.' },
}

function statesOf(name: string, { as, address, reads, empty }: (typeof READING)[string]) {
  const at = { as, address: () => address }
  const states: Record<string, ShotState> = {
    [`${name}-loading`]: {
      ...at,
      // The answer never comes; the page is left before it could.
      prepare: (page) => page.route(`**${reads}`, () => {}),
      reach: (page) =>
        expect(page.getByRole('status', { name: /^(?:Loading|Reading)/ }).first()).toBeVisible(),
    },
    [`${name}-failing`]: {
      ...at,
      prepare: (page) =>
        page.route(`**${reads}`, (route) =>
          route.fulfill({ status: 500, contentType: 'application/problem+json', json: PROBLEM }),
        ),
      reach: (page) => expect(page.getByText(PROBLEM.detail).first()).toBeVisible(),
    },
  }
  if (empty !== undefined) {
    states[`${name}-empty`] = {
      ...at,
      prepare: (page) => page.route(`**${reads}`, (route) => route.fulfill({ json: empty })),
      reach: untilLoaded,
    }
  }
  return states
}

const denied = (address: string): ShotState => ({
  as: 'analyst',
  address: () => address,
  reach: untilLoaded,
})

const wizard = (reach: (page: Page) => Promise<void>): ShotState => ({
  as: 'analyst',
  address: ({ projectKey, draftId }) => `/projects/${projectKey}/datasets/new?draft=${draftId}`,
  reach: async (page) => {
    await untilLoaded(page)
    await reach(page)
  },
})

const on = (as: 'admin' | 'analyst', address: string, reach: (page: Page) => Promise<void>): ShotState => ({
  as,
  address: () => address,
  reach: async (page) => {
    await untilLoaded(page)
    await reach(page)
  },
})

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()

/** Opens what a button opens; a page that has just come may not listen to its first click yet. */
const open = (name: string, role: 'dialog' | 'menu') => (page: Page) =>
  expect(async () => {
    await press(name)(page)
    await expect(page.getByRole(role).first()).toBeVisible({ timeout: 1_000 })
  }).toPass()

/** A dataset as DSS writes it, which differs from the draft in a few places. */
const IMPORTED = {
  type: 'S3',
  name: 'requests',
  params: { connection: 'dku-audit-log', path: '/audit-logs/design/' },
  formatType: 'csv',
  formatParams: { style: 'excel', charset: 'utf8', separator: ';', quoteChar: '"', parseHeaderRow: true },
  partitioning: {
    filePathPattern: '/%Y/%M/%D/.*',
    dimensions: [{ name: 'date', type: 'time', params: { period: 'DAY' } }],
  },
  schema: { columns: [{ name: 'at', type: 'date' }], userModified: true },
}

async function openImport(page: Page): Promise<Locator> {
  await open('More', 'menu')(page)
  await page.getByRole('menuitem', { name: 'Import JSON…' }).click()
  return page.getByRole('dialog')
}

/** Every state that is more than the page as it comes in. */
export const STATES: Record<string, ShotState> = {
  ...Object.assign({}, ...Object.entries(READING).map(([name, page]) => statesOf(name, page))),
  'users-denied': denied('/launchpad/users'),
  'connection-denied': denied('/launchpad/connections/customer-audit-log'),
  'extensions-denied': denied('/launchpad/extensions'),
  'not-found': denied('/projects/DEMO/nothing/here'),
  'dataset-not-found': denied('/projects/DEMO/datasets/none/explore'),
  'wizard-format': wizard((page) => goToTab(page, 'Format / Preview')),
  'wizard-schema': wizard((page) => goToTab(page, 'Schema')),
  'wizard-advanced': wizard((page) => goToTab(page, 'Advanced')),
  'wizard-partitioning': wizard(async (page) => {
    await goToTab(page, 'Partitioning')
    await press('List partitions')(page)
    const found = page.getByRole('region', { name: 'Partitions', exact: true })
    // Of so many objects it says first what a listing takes.
    const goOn = found.getByRole('button', { name: 'Go on' })
    await expect(goOn.or(found.getByText('matched')).first()).toBeVisible()
    if (await goOn.isVisible()) await goOn.click()
    await expect(found).toContainText('matched')
  }),
  'wizard-browse': wizard(async (page) => {
    await open('Browse…', 'dialog')(page)
  }),
  'wizard-share': wizard(async (page) => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))
    })
    await open('Share', 'dialog')(page)
  }),
  'wizard-import-mistake': wizard(async (page) => {
    const dialog = await openImport(page)
    await dialog.getByLabel('JSON', { exact: true }).fill('{ "type": "S3", ')
    await expect(dialog).toContainText('This is not JSON')
  }),
  'wizard-import-changes': wizard(async (page) => {
    const dialog = await openImport(page)
    await dialog.getByLabel('JSON', { exact: true }).fill(JSON.stringify(IMPORTED))
    await expect(dialog.getByRole('table', { name: 'Changed settings' })).toBeVisible()
  }),
  'explore-record': on('analyst', '/projects/DEMO/datasets/instance_audit_logs/explore', async (page) => {
    await page.getByRole('grid', { name: 'Sample' }).getByRole('gridcell').first().click()
    await expect(page.getByRole('complementary', { name: 'Record 1' })).toBeVisible()
  }),
  'flow-chosen': on('analyst', '/projects/DEMO/flow?dataset=instance_audit_logs', async () => {}),
  'flow-add': on('analyst', '/projects/DEMO/flow', open('+ Dataset', 'menu')),
  'jobs-no-match': on('analyst', '/projects/DEMO/jobs?state=canceled&dataset=none', async () => {}),
  'job-chosen': on('analyst', '/projects/DEMO/jobs', async (page) => {
    await page
      .getByRole('table', { name: 'Jobs' })
      .getByRole('link', { name: 'List partitions' })
      .first()
      .click()
    await expect(page.getByRole('complementary', { name: 'List partitions' })).toContainText('Log')
    await untilLoaded(page)
  }),
  'permissions-changed': on('admin', '/launchpad/connections/dku-audit-log/permissions', async (page) => {
    await press('Take designers off')(page)
    await expect(page.getByRole('button', { name: 'Take access from 1 person' }).first()).toBeVisible()
  }),
  'api-nodes-register': on('admin', '/launchpad/api-nodes', open('Register a node', 'dialog')),
  'extension-deactivate': on('admin', '/launchpad/extensions/dku-audit-log', open('Deactivate', 'dialog')),
  'api-nodes-token': on('admin', '/launchpad/api-nodes', async (page) => {
    await open('Register a node', 'dialog')(page)
    await page.getByLabel('Node name').fill(`node-${Date.now().toString(36)}`)
    await press('Register')(page)
    await expect(page.getByRole('dialog').getByLabel('Token', { exact: true })).toBeVisible()
  }),
  // It stays in the draft, so it comes last.
  'wizard-pattern-mistake': wizard(async (page) => {
    await goToTab(page, 'Partitioning')
    await page.getByLabel('Pattern').fill('/%{node_type}/%Y/%D/.*')
    await expect(
      page
        .getByText(/%M is missing/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible()
  }),
}
