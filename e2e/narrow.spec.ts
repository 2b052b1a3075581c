import type { Page } from '@playwright/test'
import { openVisitor, PAGES, type Visitor } from './support/pages'
import { expect, test } from './support/test'
import { fillWizard, INSTANCE_LOGS } from './support/wizard'

const WIDTH = 390

test.use({ start: { command: ['demo', '--empty'] } })

let visitor: Visitor
let page: Page
test.beforeAll(async ({ browser, launchpad }) => {
  const phone = { viewport: { width: WIDTH, height: 844 }, hasTouch: true, isMobile: true }
  visitor = await openVisitor(browser, launchpad, phone)
  page = visitor.page
})
test.afterAll(() => visitor?.close())

for (const [name, entry] of Object.entries(PAGES)) {
  test(`page /${name} fits`, async () => {
    await visitor.visit(entry)
    await expectToFit()
  })
}

test('calls of the API fit when they are unfolded, and break no word of their addresses', async () => {
  await visitor.visit({ as: 'analyst', address: () => '/api/docs' })
  const calls = page.locator('details.api-operation')
  await calls.evaluateAll((all) => {
    for (const one of all) one.setAttribute('open', '')
  })
  await expectToFit()
  const sideways = await calls.evaluateAll(
    (all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length,
  )
  expect(sideways).toBe(0)
})

test('the menu is a sheet that leads everywhere', async () => {
  await visitor.visit({ as: 'admin', address: () => '/launchpad' })
  await page.getByRole('button', { name: 'Menu', exact: true }).tap()
  const sheet = page.getByRole('dialog')
  const links = [
    'Overview',
    'Extensions',
    'Connections',
    'API nodes',
    'Users & access management',
    'Settings',
    'Projects',
  ]
  for (const label of links) await expect(sheet.getByRole('link', { name: label })).toBeVisible()
  await sheet.getByRole('link', { name: 'Connections' }).tap()
  await expect(page).toHaveURL(/\/launchpad\/connections$/)
  await expect(sheet).toBeHidden()
})

test('what is touched is at least 40 px high', async () => {
  for (const address of [
    '/launchpad/connections',
    '/launchpad/connections/dku-audit-log/permissions',
    '/launchpad/api-nodes',
  ]) {
    await visitor.visit({ as: 'admin', address: () => address })
    const small = await page.getByRole('main').getByRole('button').evaluateAll(tooSmallToTouch)
    expect(small, address).toEqual([])
  }
})

test('the wizard goes as far as Create', async () => {
  await visitor.visit({
    as: 'analyst',
    address: ({ projectKey }) => `/projects/${projectKey}/datasets/new`,
  })
  await fillWizard(page, { ...INSTANCE_LOGS, name: 'from_a_phone' })
  await expectToFit()
  await page.getByRole('button', { name: 'List partitions' }).tap()
  await expect(page.getByRole('region', { name: 'Partitions', exact: true })).toContainText('matched')
  await expectToFit()
  await page.getByRole('button', { name: 'Preview', exact: true }).tap()
  await expect(page.getByRole('dialog', { name: 'Preview' })).toContainText('Used')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Create', exact: true }).tap()
  await expect(page).toHaveURL(/\/datasets\/from_a_phone\/explore/)
  await expectToFit()
})

/** The page does not scroll sideways; what is wide scrolls in its own frame. */
async function expectToFit(): Promise<void> {
  const width = () => page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0)
  await expect.poll(width).toBeLessThanOrEqual(WIDTH)
}

/** Runs in the page: which of these do not take a touch 20 px above and below their middle. */
function tooSmallToTouch(elements: Element[]): string[] {
  const takes = (element: Element, dy: number) => {
    element.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2 + dy))
  }
  return elements
    .filter((element) => element.checkVisibility() && !(takes(element, -19) && takes(element, 19)))
    .map((element) => element.outerHTML.slice(0, 120))
}
