import { expect, type Page } from '@playwright/test'

/** Extensions > Add an extension > Confirm, and the steps to Active. */
export async function activateExtension(page: Page, title: string): Promise<void> {
  await page.goto('/launchpad/extensions')
  await page.getByRole('button', { name: 'Add an extension', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an extension' })
  await dialog.getByRole('radio', { name: title }).check()
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  for (const step of [
    'Connection created',
    'First event written',
    'Read back through the connection',
    'Active',
  ]) {
    await expect(page.getByRole('listitem').filter({ hasText: `${step}, done` })).toBeVisible({
      timeout: 30_000,
    })
  }
}
