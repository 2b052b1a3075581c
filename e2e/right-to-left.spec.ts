import type { Locator, Page } from '@playwright/test'
import { putFoundFiles } from './support/found-files'
import { expect, test } from './support/test'
import { goToTab } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] }, viewport: { width: 1600, height: 900 } })

const DAYS = ['20', '21', '22']

test.beforeAll(async ({ launchpad, behind }) => {
  const logs = DAYS.map((day): [string, string] => [`audit/سجل/2026/11/${day}/a.log`, `line of ${day}\n`])
  await putFoundFiles(launchpad, behind, {
    ...Object.fromEntries(logs),
    'audit/דוחות/1/2/notes.txt': 'notes\n',
  })
})

/** The names in the order in which they stand on the page, from left to right. */
const namesFromLeft = (place: Locator, names: readonly string[]): Promise<string[]> =>
  place.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const letters: { node: Node; offset: number; letter: string }[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      for (const [offset, letter] of [...(node.nodeValue ?? '')].entries())
        letters.push({ node, offset, letter })
    const text = letters.map(({ letter }) => letter).join('')
    const leftOf = (name: string) => {
      const first = letters[text.indexOf(name)]
      const last = letters[text.indexOf(name) + name.length - 1]
      if (first === undefined || last === undefined) return Number.NaN
      const range = document.createRange()
      range.setStart(first.node, first.offset)
      range.setEnd(last.node, last.offset + 1)
      return range.getBoundingClientRect().left
    }
    return [...wanted].sort((a, b) => leftOf(a) - leftOf(b))
  }, names)

const form = (page: Page) => page.getByRole('region', { name: 'Partitioning settings' })

test('the folders of a path stand in their order where names run from right to left', async ({
  page,
  launchpad,
  signIn,
}) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/DEMO/datasets/new?connection=found&tab=files')
  await page.getByLabel('Path in bucket').fill('/audit/')
  await page.getByRole('button', { name: 'List files' }).click()
  const files = page.getByRole('region', { name: 'Files', exact: true })
  await expect(files).toContainText('4 kept')
  const names = ['سجل', '2026', '11', '22', 'a.log']
  const copy = files.getByRole('button', { name: '/سجل/2026/11/22/a.log, copy path' })
  expect(await namesFromLeft(copy, names)).toEqual(names)

  await goToTab(page, 'Partitioning')
  await page.getByRole('button', { name: 'Activate partitioning' }).click()
  const suggested = form(page).getByRole('region', { name: 'Suggested partitioning' }).locator('code').first()
  await expect(suggested).toHaveText('/سجل/%Y/%M/%D/.*')
  const parts = ['سجل', '%Y', '%M', '%D']
  expect(await namesFromLeft(suggested, parts)).toEqual(parts)

  await form(page).getByRole('button', { name: 'Use suggested partitioning' }).click()
  await form(page).getByRole('button', { name: '1 unmatched' }).click()
  const unmatched = page.getByRole('region', { name: 'Unmatched paths' }).locator('code').first()
  // What is selected and copied is the path as it is.
  await expect(unmatched).toHaveText('/דוחות/1/2/notes.txt')
  const others = ['דוחות', '1', '2', 'notes.txt']
  expect(await namesFromLeft(unmatched, others)).toEqual(others)
})
