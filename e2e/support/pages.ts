import { globSync } from 'node:fs'
import path from 'node:path'
import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test'
import type { Credential } from './http'
import type { Launchpad } from './launchpad'
import { createShowcase, type Showcase } from './showcase'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Every page of the application, as its files name them: `"launchpad/connections/[name]"`. */
export const ALL_PAGES = globSync('app/**/page.tsx', { cwd: ROOT })
  .map((file) => path.dirname(path.relative('app', file)).split(path.sep).join('/'))
  .map((file) => (file === '.' ? '' : file))
  .sort()

export interface PageEntry {
  /** Who looks at it; nobody without. */
  as?: 'admin' | 'analyst'
  address: (showcase: Showcase) => string
}

const admin = (address: string): PageEntry => ({ as: 'admin', address: () => address })
const onConnection = (tab: string) => admin(`/launchpad/connections/dku-audit-log${tab}`)
const inProject = (rest: string): PageEntry => ({
  as: 'analyst',
  address: ({ projectKey }) => `/projects/${projectKey}${rest}`,
})
const onDataset = (tab: string): PageEntry => ({
  as: 'analyst',
  address: ({ projectKey, dataset }) => `/projects/${projectKey}/datasets/${dataset}${tab}`,
})

/** Pages that need an installation without a space: first-run.spec.ts looks at them. */
export const BEFORE_THE_SPACE = ['(auth)/setup', '(auth)/setup-needed']

/** How to get to every page. */
export const PAGES: Record<string, PageEntry> = {
  '': admin('/'),
  '(auth)/sign-in': { address: () => '/sign-in' },
  '(auth)/invite/[token]': { address: ({ inviteToken }) => `/invite/${inviteToken}` },
  '(auth)/reset/[token]': { address: ({ resetToken }) => `/reset/${resetToken}` },
  'api/docs': { as: 'analyst', address: () => '/api/docs' },
  keys: { as: 'analyst', address: () => '/keys' },
  launchpad: admin('/launchpad'),
  'launchpad/extensions': admin('/launchpad/extensions'),
  'launchpad/extensions/[key]': admin('/launchpad/extensions/dku-audit-log'),
  'launchpad/connections': admin('/launchpad/connections'),
  'launchpad/connections/new': admin('/launchpad/connections/new'),
  'launchpad/connections/[name]': onConnection(''),
  'launchpad/connections/[name]/settings': onConnection('/settings'),
  'launchpad/connections/[name]/permissions': onConnection('/permissions'),
  'launchpad/connections/[name]/access': onConnection('/access'),
  'launchpad/connections/[name]/activity': onConnection('/activity'),
  'launchpad/api-nodes': admin('/launchpad/api-nodes'),
  'launchpad/users': admin('/launchpad/users'),
  'launchpad/users/groups': admin('/launchpad/users/groups'),
  'launchpad/users/invites': admin('/launchpad/users/invites'),
  'launchpad/users/keys': admin('/launchpad/users/keys'),
  'launchpad/users/personal-keys': admin('/launchpad/users/personal-keys'),
  'launchpad/settings': admin('/launchpad/settings'),
  projects: { as: 'analyst', address: () => '/projects' },
  'projects/[projectKey]': inProject(''),
  'projects/[projectKey]/flow': inProject('/flow'),
  'projects/[projectKey]/jobs': inProject('/jobs'),
  'projects/[projectKey]/members': {
    as: 'admin',
    address: ({ projectKey }) => `/projects/${projectKey}/members`,
  },
  'projects/[projectKey]/datasets/new': {
    as: 'analyst',
    address: ({ projectKey, draftId }) => `/projects/${projectKey}/datasets/new?draft=${draftId}`,
  },
  'projects/[projectKey]/datasets/[name]': onDataset(''),
  'projects/[projectKey]/datasets/[name]/explore': onDataset('/explore'),
  'projects/[projectKey]/datasets/[name]/partitions': onDataset('/partitions'),
  'projects/[projectKey]/datasets/[name]/metrics': onDataset('/metrics'),
  'projects/[projectKey]/datasets/[name]/settings': onDataset('/settings'),
}

/** Makes the browser somebody who has signed in already; null is nobody. */
export async function become(page: Page, origin: string, who: Credential | null): Promise<void> {
  await page.context().clearCookies()
  const [name = '', ...value] = (who?.cookie ?? '').split('=')
  if (name) await page.context().addCookies([{ name, value: value.join('='), url: origin }])
}

/** One page for many addresses: what it has loaded once it need not load again. */
export async function openVisitor(
  browser: Browser,
  launchpad: Launchpad,
  options: BrowserContextOptions = {},
) {
  const showcase = await createShowcase(launchpad.url, launchpad.demo())
  const context = await browser.newContext({ ...options, baseURL: launchpad.url })
  const page = await context.newPage()
  return {
    page,
    showcase,
    close: () => context.close(),
    /** Goes to an address as somebody, and waits until it has come in. */
    visit: async ({ as, address }: PageEntry): Promise<void> => {
      await become(page, launchpad.url, as ? showcase[as] : null)
      await page.goto(address(showcase))
      await untilLoaded(page)
    },
  }
}

export type Visitor = Awaited<ReturnType<typeof openVisitor>>

/** Waits until a page has come in: its heading is there, and nothing of it is still loading. */
export async function untilLoaded(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.getByRole('status', { name: /^(?:Loading|Reading)\b/ })).toHaveCount(0)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}
