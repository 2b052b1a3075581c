import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Page } from '@playwright/test'
import { storeParams, usableByGroups } from './support/definitions'
import { signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })

const OLD = 'id,user,took,zip\n1,mira,12,00710\n2,ada,n/a,10115\n'
const NEW = 'id,user,took,zip,__proto__\n3,mira,8,10117\n4,ada,9,10119,x\n'

let page: Page

test.beforeAll(async ({ browser, launchpad, behind, signIn }) => {
  const { writer } = behind
  const put = (Key: string, Body: string) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `own/${Key}`, Body }))
  await put('events/2026-11-01.csv', OLD)
  await put('events/2026-11-22.csv', NEW)
  for (const day of ['01', '02'])
    await put(`drift/2026-11-${day}.csv`, 'id,name,amount\n1,Ada,2.50\n2,Bo,1.00\n')
  await put('headless/2026-11-01.csv', '7,Ed,1.50\n8,Flo,2.50\n')
  for (const day of ['02', '03'])
    await put(`headless/2026-11-${day}.csv`, 'id,name,amount\n1,Ada,2.50\n2,Bo,1.00\n')
  await put('drift/2026-11-22.csv', 'id,name\n5,Cy\n6,Di\n')
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name: 'own', params: storeParams(writer, '/own/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'own', { ...usableByGroups([]), usableBy: 'everyone' })
  page = await (await browser.newContext({ baseURL: launchpad.url })).newPage()
  await signIn(page, launchpad.demo().admin)
})
test.afterAll(() => page?.context().close())

const names = () =>
  page.getByRole('table', { name: 'Columns' }).getByRole('textbox', { name: /^Name of column/ })
const namesNow = async () => Promise.all((await names().all()).map((field) => field.inputValue()))
const ask = async (question: string, answer: string) => {
  await page.getByRole('button', { name: question }).click()
  const region = page.getByRole('region', { name: answer })
  await expect(region).toBeFocused()
  return region
}

test('columns follow the files until one changes them', async ({ checkAccessibility }) => {
  await page.goto('/projects/DEMO/datasets/new?connection=own&tab=files')
  await page.getByLabel('Path in bucket').fill('/events/')
  await page.getByLabel('Path in bucket').press('Enter')
  await goToTab(page, 'Format / Preview')
  await page.getByLabel('Type', { exact: true }).selectOption('csv')
  await page.getByRole('checkbox', { name: 'Parse the header row' }).check()
  await goToTab(page, 'Schema')
  await expect.poll(namesNow).toEqual(['id', 'user', 'took', 'zip', '__proto__'])
  await expect(page.getByLabel('Name of column 5')).toHaveAttribute('title', '__proto__')
  await checkAccessibility(page)
})

test('types are proposed with what speaks against them, and change with Apply alone', async () => {
  const review = await ask('Infer types', 'Inferred types')
  await expect(review).toContainText('id string → int · all of 4 values')
  await expect(review).toContainText('took stays string')
  await expect(review).toContainText('3 values are int, 1 is not:')
  await expect(review).toContainText('n/a')
  await expect(review).toContainText('record 2')
  await expect(review).toContainText('zip stays string')
  await expect(review).toContainText('00710')
  await expect(page.getByLabel('Storage type of id')).toHaveValue('string')
  await review.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByLabel('Storage type of id')).toHaveValue('string')
  await (await ask('Infer types', 'Inferred types')).getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByLabel('Storage type of id')).toHaveValue('int')
  await expect(page.getByLabel('Storage type of zip')).toHaveValue('string')
})

test('columns are renamed, moved, dropped and added back', async () => {
  await page.getByLabel('Name of column 2').fill('who')
  await page.getByLabel('Name of column 3').press('Alt+ArrowUp')
  await expect(page.getByLabel('Name of column 2')).toBeFocused()
  expect(await namesNow()).toEqual(['id', 'took', 'who', 'zip', '__proto__'])
  await page.getByRole('button', { name: 'Drop zip' }).click()
  expect(await namesNow()).toEqual(['id', 'took', 'who', '__proto__'])
  const review = await ask('Redetect', 'Redetected columns')
  await expect(review).toContainText('zip string · in 4 of 4 records')
  await review.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Add column zip' }).click()
  expect(await namesNow()).toEqual(['id', 'took', 'who', '__proto__', 'zip'])
})

test('of what the files would change, what is chosen is applied: removals are not unless one says so', async ({
  checkAccessibility,
}) => {
  const choiceOf = (name: RegExp) => review.getByRole('checkbox', { name })
  await page.getByRole('button', { name: 'Drop took' }).click()
  await page.getByRole('button', { name: 'Drop zip' }).click()
  await goToTab(page, 'Format / Preview')
  await page.getByRole('checkbox', { name: 'Parse the header row' }).uncheck()
  await goToTab(page, 'Schema')
  const review = await ask('Redetect', 'Redetected columns')
  await expect(choiceOf(/^Removed: id/)).not.toBeChecked()
  await expect(choiceOf(/^Added: col_0/)).toBeChecked()
  await review.getByRole('checkbox', { name: 'All added' }).uncheck()
  await expect(review.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await choiceOf(/^Added: col_1/).check()
  await choiceOf(/^Removed: id/).check()
  await expect(review).toContainText('2 of 8 changes chosen')
  await checkAccessibility(page)
  await review.getByRole('button', { name: 'Apply' }).click()
  expect(await namesNow()).toEqual(['who', '__proto__', 'col_1'])
  await page.getByRole('button', { name: 'Drop col_1' }).click()
  await goToTab(page, 'Format / Preview')
  await page.getByRole('checkbox', { name: 'Parse the header row' }).check()
  await goToTab(page, 'Schema')
  await (await ask('Redetect', 'Redetected columns')).getByRole('button', { name: 'Apply' }).click()
  expect(await namesNow()).toEqual(['who', '__proto__', 'id', 'took', 'zip'])
})

test('a check names what does not fit, with its place', async ({ checkAccessibility }) => {
  await page.getByLabel('Storage type of took').selectOption('int')
  await page.getByLabel('Maximum length of zip').fill('4')
  const result = await ask('Check consistency', 'Consistency')
  await expect(result).toContainText('2 differences between the schema and 4 records of 2 files')
  await expect(result).toContainText('took: 1 value is not of type int.')
  await expect(result).toContainText('zip: 4 values are longer than 4 characters.')
  await checkAccessibility(page)
})

test('values that do not fit are kept, counted and shown', async () => {
  await page.getByLabel('Dataset name').fill('events')
  await page.getByRole('button', { name: 'Create', exact: true }).first().click()
  await expect(page).toHaveURL(/\/datasets\/events\/explore$/)
  const took = page.getByRole('columnheader', { name: /^took/ })
  await expect(took).toContainText('int')
  await expect(took).toContainText('1 invalid')
  await expect(page.getByRole('gridcell', { name: 'n/a' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: /^who/ })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: /^__proto__/ })).toContainText('string')
})

test('columns of older files are the dataset’s too, and what is left out of it is told and added', async ({
  checkAccessibility,
}) => {
  await page.goto('/projects/DEMO/datasets/new?connection=own&tab=files')
  await page.getByLabel('Path in bucket').fill('/drift/')
  await page.getByLabel('Path in bucket').press('Enter')
  await goToTab(page, 'Format / Preview')
  await page.getByLabel('Type', { exact: true }).selectOption('csv')
  await page.getByRole('checkbox', { name: 'Parse the header row' }).check()
  await goToTab(page, 'Schema')
  await expect.poll(namesNow).toEqual(['id', 'name', 'amount'])
  const settings = page.getByRole('region', { name: 'Schema settings' })
  await expect(settings.getByText('3 columns in 6 records of 3 files')).toBeVisible()
  // The newest file lacks it, and that is nobody's mistake.
  await expect(page.getByRole('list', { name: 'Problems of the schema' })).toBeHidden()
  await page.getByRole('button', { name: 'Drop amount' }).click()
  await page.getByLabel('Dataset name').fill('drift')
  await page.getByRole('button', { name: 'Create', exact: true }).first().click()
  await expect(page).toHaveURL(/\/datasets\/drift\/explore$/)
  await expect(page.getByText('4 values stand in 1 column that is not in the schema: amount')).toBeVisible()
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByRole('columnheader', { name: /^amount/ })).toBeVisible()
  await expect(page.getByText('not in the schema')).toBeHidden()
})

test('a file without a header among headed ones is named, and read by position', async ({
  checkAccessibility,
}) => {
  await page.goto('/projects/DEMO/datasets/new?connection=own&tab=files')
  await page.getByLabel('Path in bucket').fill('/headless/')
  await page.getByLabel('Path in bucket').press('Enter')
  await goToTab(page, 'Format / Preview')
  await page.getByLabel('Type', { exact: true }).selectOption('csv')
  await page.getByRole('checkbox', { name: 'Parse the header row' }).check()
  const notice = page.getByText('/2026-11-01.csv seems to have no header as the other files do')
  await expect(notice).toBeVisible()
  await checkAccessibility(page)
  await goToTab(page, 'Schema')
  await expect.poll(namesNow).toEqual(['id', 'name', 'amount'])
  await goToTab(page, 'Format / Preview')
  await page.getByRole('button', { name: 'Read by position' }).click()
  await expect(notice).toBeHidden()
  await page.getByLabel('Dataset name').fill('headless')
  await page.getByRole('button', { name: 'Create', exact: true }).first().click()
  await expect(page).toHaveURL(/\/datasets\/headless\/explore$/)
  await expect(page.getByRole('gridcell', { name: 'Ed', exact: true })).toBeVisible()
  await expect(page.getByText('6 records').first()).toBeVisible()
})

test('settings that cannot read the previewed file are a warning of their tab', async () => {
  await page.goto('/projects/DEMO/datasets/new?connection=own&tab=format')
  await page.getByRole('link', { name: /^Files/ }).click()
  await page.getByLabel('Path in bucket').fill('/drift/')
  await page.getByLabel('Path in bucket').press('Enter')
  await goToTab(page, 'Format / Preview')
  await page.getByLabel('Type', { exact: true }).selectOption('parquet')
  const step = page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: /^Format/ })
  await expect(step).toHaveAccessibleName(/1 warning/)
  await page.getByLabel('Type', { exact: true }).selectOption('csv')
  await expect(step).not.toHaveAccessibleName(/warning/)
})
