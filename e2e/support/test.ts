import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type Behind, openBehind } from './behind'
import { signInByHttp } from './http'
import { type Launchpad, type Login, startLaunchpad } from './launchpad'
import { become } from './pages'

interface Fixtures {
  /** Makes the browser somebody who is signed in, for the next page that it goes to. How a person does it, first-run.spec looks at. */
  signIn: (page: Page, who: Login) => Promise<void>
  /** Fails with what axe finds in either theme; nothing is excluded. */
  checkAccessibility: (page: Page) => Promise<void>
}

interface WorkerFixtures {
  /** How the copy of this file is started. Each file sets it with `test.use({ start: … })`, which gives it one of its own. */
  start: { command: string[]; env?: Record<string, string> }
  launchpad: Launchpad
  /** Its database and its bucket, as no page shows them. */
  behind: Behind
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  start: [{ command: ['demo', '--empty'] }, { scope: 'worker', option: true }],
  launchpad: [
    async ({ start }, use) => {
      const launchpad = await startLaunchpad(start)
      await use(launchpad)
      await launchpad.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  behind: [
    async ({ launchpad }, use) => {
      const behind = await openBehind(launchpad.home)
      await use(behind)
      await behind.close()
    },
    { scope: 'worker' },
  ],
  baseURL: ({ launchpad }, use) => use(launchpad.url),
  signIn: async ({ launchpad }, use) => {
    await use(async (page, who) => become(page, launchpad.url, await signInByHttp(launchpad.url, who)))
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off this pattern
  checkAccessibility: async ({}, use) => {
    await use(async (page) => {
      expect(page.frames(), 'frames, into which axe does not look').toHaveLength(1)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const { violations } = await new AxeBuilder({ page })
          // The page tells what was found by itself, not by a second page: less than half the time, but without frames.
          .setLegacyMode()
          .options({ resultTypes: ['violations'] })
          .analyze()
        const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))
        expect(found, `axe in the ${colorScheme} theme`).toEqual([])
      }
    })
  },
})

export { expect }
