import type { Page } from '@playwright/test'
import { become, PAGES, untilLoaded } from './support/pages'
import { createShowcase, type Showcase } from './support/showcase'
import { expect, test } from './support/test'
import { fillWizard, INSTANCE_LOGS } from './support/wizard'

const WIDTH = 390

test.use({
  start: { command: ['demo', '--empty'] },
  viewport: { width: WIDTH, height: 844 },
  hasTouch: true,
  isMobile: true,
})

let showcase: Showcase
test.beforeAll(async ({ launchpad }) => {
  showcase = await createShowcase(launchpad.url, launchpad.demo())
})

for (const [name, { as, address }] of Object.entries(PAGES)) {
  test(`page /${name} fits`, async ({ page, launchpad }) => {
    await become(page, launchpad.url, as ? showcase[as] : null)
    await page.goto(address(showcase))
    await untilLoaded(page)
    await expectToFit(page)
  })
}

test('the menu is a sheet that leads everywhere', async ({ page, launchpad }) => {
  await become(page, launchpad.url, showcase.admin)
  await page.goto('/launchpad')
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

test('what is touched is at least 40 px high', async ({ page, launchpad }) => {
  await become(page, launchpad.url, showcase.admin)
  for (const address of [
    '/launchpad/connections',
    '/launchpad/connections/dku-audit-log/permissions',
    '/launchpad/api-nodes',
  ]) {
    await page.goto(address)
    await untilLoaded(page)
    const small = await page.getByRole('main').getByRole('button').evaluateAll(tooSmallToTouch)
    expect(small, address).toEqual([])
  }
})

test('the wizard goes as far as Create', async ({ page, launchpad }) => {
  await become(page, launchpad.url, showcase.analyst)
  await page.goto(`/projects/${showcase.projectKey}/datasets/new`)
  await fillWizard(page, { ...INSTANCE_LOGS, name: 'from_a_phone' })
  await expectToFit(page)
  await page.getByRole('button', { name: 'List partitions' }).tap()
  await expect(page.getByRole('region', { name: 'Partitions', exact: true })).toContainText('matched')
  await expectToFit(page)
  await page.getByRole('button', { name: 'Preview', exact: true }).tap()
  await expect(page.getByRole('dialog', { name: 'Preview' })).toContainText('Used')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Create', exact: true }).tap()
  await expect(page).toHaveURL(/\/datasets\/from_a_phone\/explore/)
  await expectToFit(page)
})

/** The page does not scroll sideways; what is wide scrolls in its own frame. */
async function expectToFit(page: Page): Promise<void> {
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
