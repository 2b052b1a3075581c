import { gzipSync } from 'node:zlib'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { storeParams, usableByGroups } from './support/definitions'
import { signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'
import { openWizard } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })
test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ launchpad, behind }) => {
  const { writer } = behind
  const put = (Key: string, Body: string | Buffer) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `bits/mixed/${Key}`, Body }))
  const lines = (name: string) => Array.from({ length: 50 }, (_, n) => `${name} line ${n + 1}\n`).join('')
  for (const day of ['20', '21', '22']) {
    for (const part of ['a', 'b', 'c'])
      await put(`2026/11/${day}/${part}.log.gz`, gzipSync(lines(`${day} ${part}`)))
    await put(`tables/${day}.parquet`, Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(400)]))
    await put(`2026/11/${day}/`, '')
  }
  await put('README', 'about these files\n')
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name: 'bits', params: storeParams(writer, '/bits/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'bits', { ...usableByGroups([]), usableBy: 'everyone' })
})

test('kinds of files are told, one is kept alone, and that can be undone', async ({
  page,
  launchpad,
  signIn,
  checkAccessibility,
}) => {
  await signIn(page, launchpad.demo().admin)
  await openWizard(page, 'DEMO')
  await page.getByLabel('S3 connection').selectOption('bits')
  await page.getByLabel('Path in bucket').fill('/mixed/')
  await page.getByRole('button', { name: 'List files' }).click()
  const files = page.getByRole('region', { name: 'Files', exact: true })
  const kinds = page.getByRole('region', { name: 'Kinds of files here' })
  await expect(kinds).toContainText('9 gz text · 3 Parquet · 1 text · 3 folder markers')
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('22/c.log.gz')
  await checkAccessibility(page)

  await page.getByRole('button', { name: 'Keep only these: .log.gz' }).click()
  await expect(page.getByLabel('Expression of rule 1')).toHaveValue('*.log.gz')
  await expect(page.getByText('takes 9 of 13 files', { exact: true })).toBeVisible()
  await expect(files).toContainText('9 kept')
  await files.getByRole('button', { name: 'Show what was left out' }).click()
  await expect(files).toContainText('4 objects left out by the selection rules')
  await expect(files).toContainText('tables/20.parquet')

  await page.getByLabel('Expression of rule 1').fill('*.parquet')
  await expect(page.getByText('takes 3 of 13 examples', { exact: true })).toBeVisible()
  await page.getByLabel('Kind of rule 1').selectOption('REGEXP')
  await page.getByLabel('Expression of rule 1').fill('(')
  const rules = page.getByRole('group', { name: 'Selection rules' })
  await expect(rules.getByText('"(" is not a regular expression')).toHaveCount(1)
  await checkAccessibility(page)
  await page.getByLabel('Kind of rule 1').selectOption('GLOB')
  await page.getByLabel('Expression of rule 1').fill('*')

  await page.getByRole('button', { name: 'List files' }).click()
  await expect(files).toContainText('13 kept')
  await page.getByRole('button', { name: 'Keep only these: .parquet' }).click()
  await expect(files).toContainText('3 kept')
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByLabel('Expression of rule 1')).toHaveValue('*')
  await expect(files).toContainText('13 kept')
})

test('files are picked in the bucket, and their records sampled in other ways', async ({
  page,
  launchpad,
  signIn,
}) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new')
  await page.getByLabel('S3 connection').selectOption('bits')
  await page.getByLabel('Path in bucket').fill('/mixed/2026/')
  await page.getByRole('button', { name: 'Show advanced options' }).click()
  await page.getByLabel('Files to take').selectOption('EXPLICIT_SELECT_FILES')
  await expect(page.getByRole('group', { name: 'Selection rules' })).toContainText('Choose at least one file')
  await page.getByRole('button', { name: 'Choose files…' }).click()
  const browse = page.getByRole('dialog')
  for (const folder of ['11/', '22/']) await browse.getByRole('row', { name: folder }).click()
  for (const file of ['a.log.gz', 'b.log.gz']) await browse.getByRole('row', { name: file }).click()
  await browse.getByRole('button', { name: 'Use 2 files' }).click()
  await expect(page.getByLabel('Selected files')).toHaveValue('/11/22/a.log.gz\n/11/22/b.log.gz')
  await page.getByLabel('Dataset name').fill('picked')
  await page.getByRole('button', { name: 'Create', exact: true }).first().click()
  await expect(page).toHaveURL(/picked\/explore/)

  await page.getByRole('button', { name: /^All 100 records/ }).click()
  await page.getByLabel('Which records').selectOption('random')
  await page.getByLabel('Seed').fill('42')
  await page.getByLabel('Records', { exact: true }).selectOption('1,000')
  await page.getByRole('button', { name: 'Read this sample' }).click()
  await expect(page).toHaveURL(/records=1000&mode=random&seed=42/)
  await expect(page.getByRole('button', { name: 'All 100 records' })).toBeVisible()
  await page.goto(page.url().replace('records=1000', 'records=60'))
  const label = page.getByRole('button', { name: '60 records from the beginning of all 2 files' })
  await expect(label).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  const box = await label.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 391)).toBeLessThanOrEqual(390)

  await page.goto(page.url().replace('mode=random&seed=42', 'mode=last'))
  await expect(
    page.getByRole('button', { name: 'The last 60 records of the 2 files changed last' }),
  ).toBeVisible()
})
