import { expect, type Page } from '@playwright/test'

/** The steps of the wizard as a person takes them. */
export const openWizard = async (page: Page, projectKey: string): Promise<void> => {
  await page.goto(`/projects/${projectKey}/flow`)
  await page.getByRole('button', { name: '+ Dataset' }).click()
  await page.getByRole('menuitem', { name: 'Cloud storages & Social' }).click()
  await page.getByRole('menuitem', { name: 'Amazon S3' }).click()
  await expect(page.getByLabel('S3 connection')).toBeVisible()
}

/** Goes to a tab, by the strip on large screens and by the select on small ones. */
export async function goToTab(page: Page, label: string): Promise<void> {
  const steps = page.getByRole('navigation', { name: 'Steps' })
  const step = page.getByRole('combobox', { name: 'Step' })
  // Which of the two there is shows once the wizard has come in.
  await expect(steps.or(step).first()).toBeVisible()
  if (await steps.isVisible()) await steps.getByRole('link', { name: new RegExp(`^${quote(label)}`) }).click()
  else {
    const value = label.toLowerCase().split(' ', 1)[0] ?? ''
    await step.selectOption(value)
  }
  await expect(page.getByRole('region', { name: `${label} settings` })).toBeVisible()
}

const quote = (text: string) => text.replace(/[/.]/g, '\\$&')

interface DatasetToBe {
  connection: string
  path: string
  pattern: string
  /** Name of the discrete dimension; none without one. */
  discrete?: string
  time: { name: string; period: string }
  name: string
}

/** Fills all tabs as the reference page does; Create is the caller's. */
export async function fillWizard(page: Page, to: DatasetToBe): Promise<void> {
  await page.getByLabel('S3 connection').selectOption(to.connection)
  await page.getByLabel('Path in bucket').fill(to.path)
  await page.getByRole('button', { name: 'List files' }).click()
  await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('kept')
  await goToTab(page, 'Format / Preview')
  await expect(page.getByLabel('Type')).toHaveValue('line')
  await page.getByLabel('Charset').selectOption('utf8')
  await goToTab(page, 'Partitioning')
  await expect(page.getByText('Partitioning is not yet activated for this dataset')).toBeVisible()
  await activatePartitioning(page, to)
  await page.getByLabel('Period').selectOption({ label: to.time.period })
  await expect(page.getByText('There can only be one time dimension.')).toBeVisible()
  await page.getByLabel('Dataset name').fill(to.name)
}

interface PartitioningToBe {
  pattern?: string
  /** Name of the discrete dimension; none without one. */
  discrete?: string
  /** The time dimension, by day; none without one. */
  time?: { name: string }
}

/** Activates partitioning, on its tab, with the dimensions that are asked for. */
export async function activatePartitioning(page: Page, to: PartitioningToBe): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const lastName = page.getByLabel('Name', { exact: true }).last()
  await press('Activate partitioning')
  if (to.pattern !== undefined) await page.getByLabel('Pattern').fill(to.pattern)
  if (to.discrete) {
    await press('Add discrete dimension')
    await lastName.fill(to.discrete)
  }
  if (to.time) {
    await press('Add time dimension')
    await lastName.fill(to.time.name)
  }
}

/** The reference page's own dataset. */
export const INSTANCE_LOGS: DatasetToBe = {
  connection: 'dku-audit-log',
  path: '/audit-logs/',
  pattern: '/%{node_type}/%Y/%M/%D/.*',
  discrete: 'node_type',
  time: { name: 'date', period: 'Day' },
  name: 'instance_audit_logs',
}
