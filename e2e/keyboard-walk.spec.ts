import type { Page } from '@playwright/test'
import { arrowTo, pressOn, tabTo, typeInto, walkByTab } from './support/keyboard'
import { openVisitor, PAGES, type PageEntry, untilLoaded, type Visitor } from './support/pages'
import { expect, test } from './support/test'
import { INSTANCE_LOGS } from './support/wizard'

test.use({ start: { command: ['demo'] } })
test.describe.configure({ mode: 'serial' })

let wide: Visitor
let narrow: Visitor
test.beforeAll(async ({ browser, launchpad }) => {
  wide = await openVisitor(browser, launchpad)
  const viewport = { width: 390, height: 844 }
  narrow = await openVisitor(browser, launchpad, { viewport, hasTouch: true, isMobile: true })
})
test.afterAll(() => Promise.all([wide?.close(), narrow?.close()]))

const named = (name: string): PageEntry => {
  const entry = PAGES[name]
  if (!entry) throw new Error(`there is no page ${name}`)
  return entry
}
const wizardTab = (tab: string): PageEntry => ({
  as: 'analyst',
  address: ({ projectKey, draftId }) => `/projects/${projectKey}/datasets/new?draft=${draftId}&tab=${tab}`,
})

const WIZARD = {
  'the wizard, Files': wizardTab('files'),
  'the wizard, Format / Preview': wizardTab('format'),
  'the wizard, Schema': wizardTab('schema'),
  'the wizard, Partitioning': wizardTab('partitioning'),
  'the wizard, Advanced': wizardTab('advanced'),
}
const DATASET = {
  Explore: named('projects/[projectKey]/datasets/[name]/explore'),
  Partitions: named('projects/[projectKey]/datasets/[name]/partitions'),
  'settings of a dataset': named('projects/[projectKey]/datasets/[name]/settings'),
}
const OTHERS = {
  'the Flow': named('projects/[projectKey]/flow'),
  jobs: named('projects/[projectKey]/jobs'),
  'members and project keys': named('projects/[projectKey]/members'),
  'personal keys': named('keys'),
  'global keys': named('launchpad/users/keys'),
  'who can access a connection': named('launchpad/connections/[name]/access'),
  'permissions of a connection': named('launchpad/connections/[name]/permissions'),
  'the API': named('api/docs'),
}

for (const [name, entry] of Object.entries({ ...WIZARD, ...DATASET, ...OTHERS })) {
  test(`Tab goes through ${name} and shows where it is`, () => walk(wide, entry))
}
for (const [name, entry] of Object.entries({ ...WIZARD, ...DATASET })) {
  test(`on a phone, Tab goes through ${name} and shows where it is`, () => walk(narrow, entry))
}

async function walk(visitor: Visitor, entry: PageEntry): Promise<void> {
  await visitor.visit(entry)
  const stops = await walkByTab(visitor.page)
  expect(stops.filter(({ faults }) => faults.length > 0)).toEqual([])
  expect(stops[0]?.name).toBe('Skip to the page')
  expect(stops.length).toBeGreaterThan(8)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** What opens over a page, the page it is on, and the button that opens it. */
const DIALOGS: [dialog: string, page: PageEntry, opener: string][] = [
  ['Browse dku-audit-log', WIZARD['the wizard, Files'], 'Browse…'],
  ['Create a personal API key', named('keys'), 'Create a key'],
  ['Create a project API key', OTHERS['members and project keys'], 'Create a project key'],
  ['Hand over Demo data', OTHERS['members and project keys'], 'Hand over'],
  ['Create a global API key', OTHERS['global keys'], 'Create a global key'],
  ['Shortcuts', OTHERS['the Flow'], 'Help and shortcuts'],
]
for (const [dialog, entry, opener] of DIALOGS) {
  test(`“${dialog}” takes the focus, keeps it while it is open, and gives it back`, async () => {
    await wide.visit(entry)
    const { page } = wide
    await pressOn(page, button(page, opener))
    const opened = page.getByRole('dialog', { name: dialog })
    await expect(opened).toBeVisible()
    const hasFocus = () => opened.evaluate((element) => element.contains(document.activeElement))
    await expect.poll(hasFocus).toBe(true)
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab')
      await expect.poll(hasFocus).toBe(true)
    }
    await page.keyboard.press('Escape')
    await expect(opened).toBeHidden()
    await expect(button(page, opener)).toBeFocused()
  })
}

test('on a phone, the wizard goes from the Flow to a dataset by keys alone', async () => {
  await narrow.visit(named('projects/[projectKey]/flow'))
  const { page } = narrow
  await pressOn(page, button(page, '+ Dataset'))
  await arrowTo(page, page.getByRole('menuitem', { name: 'Cloud storages & Social' }))
  await page.keyboard.press('ArrowRight')
  await arrowTo(page, page.getByRole('menuitem', { name: 'Amazon S3', exact: true }))
  await page.keyboard.press('Enter')
  await typeInto(page, page.getByLabel('Dataset name'), 'by_phone')
  await tabTo(page, page.getByLabel('S3 connection'))
  await page.keyboard.type(INSTANCE_LOGS.connection)
  await typeInto(page, page.getByLabel('Path in bucket'), INSTANCE_LOGS.path)
  await toStep(page, 4, 'Partitioning')
  await pressOn(page, button(page, 'Activate partitioning'))
  await pressOn(page, button(page, 'Use suggested partitioning'))
  await expect(page.getByLabel('Pattern')).toHaveValue(/^\/%\{[a-z_]+\}\/%Y\/%M\/%D\//)
  await pressOn(page, button(page, 'Preview'))
  await expect(page.getByRole('dialog', { name: 'Preview' })).toContainText('Used')
  await page.keyboard.press('Escape')
  await expect(button(page, 'Preview')).toBeFocused()
  await toStep(page, 5, 'Advanced')
  await pressOn(page, button(page, 'Create'))
  await expect(page).toHaveURL(/\/datasets\/by_phone\/explore/)
  await untilLoaded(page)
  await tabTo(page, page.getByRole('grid', { name: 'Sample' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Record 1', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid', { name: 'Sample' })).toBeFocused()
})

/** Presses Next until the step is there; a screen reader is told each. */
async function toStep(page: Page, step: number, label: string): Promise<void> {
  const told = page.getByRole('status').filter({ hasText: `Step ${step} of 5 · ${label}` })
  for (let presses = 0; presses < 4 && (await told.count()) === 0; presses++)
    await pressOn(page, button(page, 'Next'))
  await expect(told).toHaveCount(1)
}
