import type { Browser, Page } from '@playwright/test'
import { linesOf, untilDelivered } from './support/delivered'
import { activateExtension } from './support/extensions'
import { type Credential, signInByHttp, succeed } from './support/http'
import { pauseStore } from './support/pause-store'
import { expect, test } from './support/test'
import { fillWizard, goToTab, INSTANCE_LOGS, openWizard } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })

/** The reference page, walked by an administrator and an analyst side by side. */
test.describe.configure({ mode: 'serial' })

let ada: Page
let jon: Page
/** The object in which the grant's own event was delivered. */
let delivered: { key: string; line: string }

test.beforeAll(async ({ browser, launchpad }) => {
  const { admin, analyst } = launchpad.demo()
  ada = await openAs(browser, launchpad.url, admin)
  jon = await openAs(browser, launchpad.url, analyst)
})

async function openAs(browser: Browser, origin: string, who: { login: string; password: string }) {
  const page = await (await browser.newContext({ baseURL: origin })).newPage()
  await page.goto('/sign-in')
  await page.getByLabel('Login').fill(who.login)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

test('the administrator activates dku-audit-log and sees the steps to Active', async () => {
  await activateExtension(ada, 'dku-audit-log')
  await ada.goto('/launchpad/connections')
  const row = ada.getByRole('row', { name: /dku-audit-log/ })
  await expect(row).toContainText('space_administrators')
  await expect(row).toContainText('Healthy')
})

test('the analyst sees it locked, with whom to ask', async () => {
  await jon.goto('/launchpad/connections/dku-audit-log')
  await expect(jon.getByRole('heading', { name: 'You cannot open dku-audit-log' })).toBeVisible()
  await expect(jon.getByText('You need to be named in “Freely usable by” of dku-audit-log.')).toBeVisible()
  await expect(jon.getByText('Ada Lind', { exact: true })).toBeVisible()
  await openWizard(jon, 'DEMO')
  await expect(jon.getByRole('option', { name: 'dku-audit-log (locked)' })).toBeDisabled()
  await expect(jon.getByText('Locked for you: dku-audit-log. Ask: Ada Lind.')).toBeVisible()
  await expect(jon.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
})

test('the administrator opens it to designers; the change is counted before it is saved', async ({
  behind,
}) => {
  await ada.goto('/launchpad/connections/dku-audit-log/permissions')
  await expect(ada.getByRole('group', { name: 'Freely usable by' })).toBeVisible()
  await expect(ada.getByLabel('Also required to read datasets on this connection')).toBeChecked()
  await expect(ada.getByRole('group', { name: 'Details readable by' }).getByLabel('Nobody')).toBeChecked()
  await ada.getByRole('button', { name: 'Add groups or people' }).click()
  await ada.getByRole('combobox', { name: 'Search groups and people' }).fill('desig')
  await ada.getByRole('option', { name: /designers/ }).click()
  await ada.keyboard.press('Escape')
  const diff = ada.getByRole('region', { name: 'What changes' })
  await expect(diff).toContainText('1 person may create datasets here and browse it')
  await diff.getByLabel('Reason').fill('The audit project starts today')
  await diff.getByRole('button', { name: 'Give 1 person access' }).click()
  await expect(ada.getByText('1 person may now use dku-audit-log')).toBeVisible()

  const [event] = await behind.query<{ eventId: string; line: string }>(
    `SELECT "eventId", line FROM audit_event WHERE "msgType" = 'admin-connection-permissions-save'`,
  )
  expect(JSON.parse(event?.line ?? '{}').message).toMatchObject({
    authUser: 'admin',
    objectId: 'dku-audit-log',
    outcome: 'success',
  })
  delivered = await untilDelivered(
    behind,
    event?.eventId ?? '',
    /\/audit-logs\/design\/\d{4}\/\d\d\/\d\d\/\d\d\//,
  )
  expect(delivered.line).toBe(event?.line)
})

test('the analyst creates the dataset as the reference page says', async ({ launchpad }) => {
  await openWizard(jon, 'DEMO')
  await fillWizard(jon, INSTANCE_LOGS)
  await jon.getByRole('button', { name: 'List partitions' }).click()
  const partitions = jon.getByRole('region', { name: 'Partitions', exact: true })
  await expect(partitions).toContainText(/\d+ partitions?/)
  await expect(partitions).toContainText(/matched/)
  await jon.reload()
  await expect(jon.getByLabel('Pattern')).toHaveValue(INSTANCE_LOGS.pattern)
  await goToTab(jon, 'Format / Preview')
  await expect(jon.getByRole('region', { name: 'Preview', exact: true })).toContainText('Used')
  await jon.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(jon).toHaveURL(`${launchpad.url}/projects/DEMO/datasets/instance_audit_logs/explore`)
  await expect(jon.getByRole('heading', { name: 'instance_audit_logs', level: 1 })).toBeVisible()
})

test('and finds in it the very event of that grant, byte for byte as in the object', async ({ behind }) => {
  const { eventId } = JSON.parse(delivered.line).message
  await jon.getByRole('button', { name: 'Filter' }).click()
  await jon.getByLabel('Contains').fill(eventId)
  await jon.keyboard.press('Escape')
  await jon.getByRole('grid', { name: 'Sample' }).getByRole('gridcell').first().click()
  const record = jon.getByRole('complementary', { name: 'Record 1' })
  await record.getByRole('button', { name: 'Raw' }).click()
  const raw = (await record.locator('pre').textContent()) ?? ''
  const fact = (name: string) => record.locator(`dt:text-is("${name}") + dd`).innerText()
  const path = `/audit-logs/${delivered.key.split('/audit-logs/')[1]}`
  await expect(record.getByText(path.slice(-20)).first()).toBeVisible()
  expect((await fact('Partition')).trim()).toBe(`design|${path.slice(19, 29).replaceAll('/', '-')}`)
  const lines = await linesOf(behind, delivered.key)
  expect(raw).toBe(lines[Number(await fact('Record')) - 1])
  expect(raw).toBe(delivered.line)
  expect(JSON.parse(raw).message).toMatchObject({
    msgType: 'admin-connection-permissions-save',
    authUser: 'admin',
  })
  expect(JSON.parse(raw)).not.toHaveProperty('demo')
})

test('both see it in the Flow as a partitioned dataset', async () => {
  for (const page of [ada, jon]) {
    await page.goto('/projects/DEMO/flow')
    await expect(page.getByRole('button', { name: 'instance_audit_logs, partitioned dataset' })).toBeVisible()
  }
})

test('revoked, Explore and a running listing end within five seconds, with the reason', async ({
  launchpad,
}) => {
  await jon.goto('/projects/DEMO/datasets/instance_audit_logs/explore')
  await expect(jon.getByRole('grid')).toBeVisible()
  await ada.goto('/launchpad/connections/dku-audit-log/permissions')
  await ada.getByRole('button', { name: 'Take designers off' }).click()
  const take = ada.getByRole('button', { name: 'Take access from 1 person' })
  await expect(take).toBeEnabled()

  const as = await signInByHttp(launchpad.url, launchpad.demo().analyst)
  const proceed = pauseStore(launchpad.home)
  try {
    const job = await startListing(launchpad.url, as)
    await expect.poll(async () => (await job()).state).toBe('running')
    await take.click()
    await expect(ada.getByText('1 person can no longer use dku-audit-log')).toBeVisible()
    await Promise.all([
      expect.poll(async () => (await job()).state, { timeout: 5_000, intervals: [100] }).toBe('failed'),
      expect(
        jon.getByRole('strong').filter({ hasText: /Your access to dku-audit-log ended at \d\d:\d\d UTC/ }),
      ).toBeVisible({
        // The page looks every five seconds.
        timeout: 7_000,
      }),
    ])
    expect((await job()).error).toMatchObject({ code: 'forbidden', ask: ['Ada Lind'] })
  } finally {
    proceed()
  }
  await jon.reload()
  await expect(jon.getByRole('heading', { name: 'You cannot open instance_audit_logs' })).toBeVisible()
  await jon.goto('/projects/DEMO/flow')
  await expect(
    jon.getByRole('button', { name: 'instance_audit_logs, partitioned dataset, locked' }),
  ).toBeVisible()
})

/** Starts List partitions of the dataset; gives what tells how its job stands. */
async function startListing(origin: string, as: Credential) {
  const path = '/api/projects/DEMO/datasets/instance_audit_logs/partitions'
  const { jobId } = (await succeed(origin, { method: 'POST', path, body: {}, as })).json()
  return async () => (await succeed(origin, { method: 'GET', path: `/api/jobs/${jobId}`, as })).json()
}
