import { PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, type Page } from '@playwright/test'
import type { Behind } from './behind'
import { storeParams, usableByGroups } from './definitions'
import { signInByHttp, succeed } from './http'
import type { Launchpad } from './launchpad'
import { setPermissions } from './matrix/scene'
import { goToTab } from './wizard'

/** Puts files below `/found/` and opens the connection `found` on them to everyone. */
export async function putFoundFiles(
  launchpad: Launchpad,
  { writer }: Behind,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<void> {
  for (const [name, Body] of Object.entries(files))
    await writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `found/${name}`, Body }))
  await openToEveryone(launchpad, { writer }, 'found', '/found/')
}

/** Opens a connection on a part of the embedded store to everyone. */
export async function openToEveryone(
  launchpad: Launchpad,
  { writer }: Pick<Behind, 'writer'>,
  name: string,
  root: string,
): Promise<void> {
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name, params: storeParams(writer, root), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, name, { ...usableByGroups([]), usableBy: 'everyone' })
}

/** Names the place and goes on to the format, which nobody has chosen. */
export async function lookAt(page: Page, folder: string): Promise<void> {
  await page.getByLabel('S3 connection').selectOption('found')
  await page.getByLabel('Path in bucket').fill(folder)
  await page.getByLabel('Path in bucket').press('Enter')
  await goToTab(page, 'Format / Preview')
}

export const typeOf = (page: Page) => page.getByLabel('Type', { exact: true })
export const looks = (page: Page) => page.getByRole('region', { name: 'What it looks like' })

export async function create(page: Page, name: string): Promise<void> {
  await page.getByLabel('Dataset name').fill(name)
  await page.getByRole('button', { name: 'Create', exact: true }).first().click()
  await expect(page).toHaveURL(new RegExp(`/datasets/${name}/explore$`))
}

/** The texts of a row of the grid, from its first columns. */
export async function expectRow(page: Page, row: number, cells: readonly (string | RegExp)[]): Promise<void> {
  for (const [index, text] of cells.entries()) {
    const cell = page.locator(
      `[role="row"][aria-rowindex="${row + 1}"] > [role="gridcell"][aria-colindex="${index + 2}"]`,
    )
    await expect(cell).toHaveText(text)
  }
}

export async function expectColumns(
  page: Page,
  columns: readonly (readonly [name: string, type: string])[],
): Promise<void> {
  for (const [index, [name, type]] of columns.entries()) {
    const header = page.locator(`[role="columnheader"][aria-colindex="${index + 2}"]`)
    await expect(header).toContainText(name)
    await expect(header).toContainText(type)
  }
}
