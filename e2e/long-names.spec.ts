import { putFoundFiles } from './support/found-files'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] }, viewport: { width: 1280, height: 900 } })

const LONG = 'a-folder-that-somebody-gave-a-very-long-name-'.repeat(4)

test.beforeAll(async ({ launchpad, behind }) => {
  const paths = ['20', '21', '22'].flatMap((day) =>
    ['one', 'two'].map((end) => `long/${LONG}${end}/2026/11/${day}/a.log`),
  )
  await putFoundFiles(launchpad, behind, Object.fromEntries(paths.map((path) => [path, 'a line\n'])))
})

test('very long values leave the days of their partitions in sight', async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new?connection=found&tab=files')
  await page.getByLabel('Path in bucket').fill('/long/')
  await page.getByRole('button', { name: 'List files' }).click()
  await expect(page.getByRole('region', { name: 'Files', exact: true })).toContainText('6 kept')
  await goToTab(page, 'Partitioning')
  await page.getByRole('button', { name: 'Activate partitioning' }).click()
  await page.getByRole('button', { name: 'Use suggested partitioning' }).click()
  await page.getByRole('button', { name: 'List partitions' }).click()
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: `${LONG}two` }) })
  const days = row.getByRole('gridcell').getByRole('button')
  await expect(days).toHaveCount(3)
  const value = await row.getByRole('rowheader').boundingBox()
  const first = await days.first().boundingBox()
  expect((value?.x ?? 0) + (value?.width ?? 0)).toBeLessThanOrEqual(first?.x ?? 0)
})
