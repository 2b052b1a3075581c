import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { become, PAGES, untilLoaded } from './support/pages'
import { type ShotState, STATES } from './support/shot-states'
import { createShowcase, type Showcase } from './support/showcase'

const home = process.env.LAUNCHPAD_HOME ?? ''
const origin = process.env.LAUNCHPAD_URL ?? ''
const folder = path.join(home, 'shots')

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const THEMES = ['light', 'dark'] as const

const test = base.extend<object, { showcase: Showcase }>({
  showcase: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off this pattern
    async ({}, use) => {
      mkdirSync(folder, { recursive: true })
      const logins = JSON.parse(readFileSync(path.join(home, 'demo.json'), 'utf8'))
      await use(await createShowcase(origin, logins))
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

for (const [name, { as, address }] of Object.entries(PAGES)) {
  const shot = { as: as ?? null, address, reach: untilLoaded }
  test(`${fileName(name)} full`, ({ page, showcase }) =>
    shoot(page, showcase, `${fileName(name)}-full`, shot))
}

for (const [name, state] of Object.entries(STATES)) {
  test(name, ({ page, showcase }) => shoot(page, showcase, name, state))
}

/** Takes the picture of one state in both widths and themes. */
async function shoot(page: Page, showcase: Showcase, name: string, state: ShotState): Promise<void> {
  await become(page, origin, state.as ? showcase[state.as] : null)
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await state.prepare?.(page)
    await page.goto(`${origin}${state.address(showcase)}`)
    await state.reach(page)
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.screenshot({
        path: path.join(folder, `${name}-${size.width}-${theme}.png`),
        animations: 'disabled',
      })
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  }
}

/** `"launchpad/connections/[name]/permissions"` is `"connections-name-permissions"`. */
function fileName(page: string): string {
  if (page === '') return 'landing'
  return page
    .replace(/\(auth\)\/|^launchpad\/|^projects\/\[projectKey\]\//g, '')
    .replace(/[[\]]/g, '')
    .replaceAll('/', '-')
}
