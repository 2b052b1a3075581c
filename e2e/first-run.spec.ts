import type { Page } from '@playwright/test'
import { send } from './support/http'
import { measureScripts, SENT_FIRST_BYTES } from './support/sent-scripts'
import { expect, test } from './support/test'

test.use({ start: { command: ['start'] } })
test.describe.configure({ mode: 'serial' })

const ADA = { login: 'ada.lind', password: 'correct-horse-battery' }

test('before there is a space, every page leads to what to do', async ({
  page,
  launchpad,
  checkAccessibility,
}) => {
  for (const address of ['/', '/sign-in', '/launchpad/connections', '/projects']) {
    await page.goto(address)
    await expect(page.getByRole('heading', { name: 'This Launchpad is not set up yet' })).toBeVisible()
    await expect(page.getByText('node bin/launchpad.mjs setup-link')).toBeVisible()
  }
  await checkAccessibility(page)
  await page.goto('/setup?token=lp_setup_guessed')
  await expect(page.getByRole('heading', { name: 'This setup link has ended' })).toBeVisible()
  expect(launchpad.setupLink).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup\?token=\S{40,}$/)
})

test('the link of the console makes the space and its first administrator', async ({
  page,
  launchpad,
  checkAccessibility,
}) => {
  const { first } = await measureScripts(page, async () => {
    await page.goto(launchpad.setupLink ?? '')
    await expect(page.getByRole('heading', { name: 'Create your space' })).toBeVisible()
    await page.waitForLoadState('networkidle')
  })
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThanOrEqual(SENT_FIRST_BYTES)
  await checkAccessibility(page)
  await page.getByLabel('Space').fill('Aurora')
  await page.getByLabel('Your name').fill('Ada Lind')
  await page.getByLabel('Login').fill('Ada.Lind')
  await page.getByLabel('E-mail').fill('not an address')
  await page.getByLabel('Password').fill('too short')
  await page.getByRole('button', { name: 'Create space' }).click()
  await expect(page.getByText('This is not an e-mail address.')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toBeFocused()
  await expect(page.getByText('A password has at least 12 characters.')).toBeVisible()
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByRole('button', { name: 'Create space' }).click()
  await expect(page).toHaveURL(`${launchpad.url}/launchpad`)
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('the link works once, also for two posts at the same moment', async ({ page, launchpad, behind }) => {
  await page.goto(launchpad.setupLink ?? '')
  await expect(page).toHaveURL(/\/sign-in/)
  const token = new URL(launchpad.setupLink ?? '').searchParams.get('token')
  const body = { token, space: 'Second', name: 'Eve', email: 'eve@example.com', ...ADA }
  const again = () => send(launchpad.url, { method: 'POST', path: '/api/setup', body })
  const answers = await Promise.all([again(), again()])
  expect(answers.map(({ status }) => status)).toEqual([403, 403])
  expect(await behind.query('SELECT name FROM space')).toEqual([{ name: 'Aurora' }])
})

test('signing in leads to where one wanted to go, signing out ends the session', async ({
  page,
  launchpad,
}) => {
  await page.goto('/launchpad/users')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await fillSignIn(page, ADA.login, ADA.password)
  await expect(page).toHaveURL(`${launchpad.url}/launchpad/users`)
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  await page.getByRole('button', { name: 'Ada Lind, user menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  const as = { cookie: `${cookie?.name}=${cookie?.value}` }
  expect((await send(launchpad.url, { method: 'GET', path: '/api/session', as })).status).toBe(401)
  await page.goto('/sign-in?next=//evil.example/')
  await fillSignIn(page, 'ada@example.com', ADA.password)
  await expect(page).toHaveURL(`${launchpad.url}/launchpad`)
})

test('a wrong password and an unknown login read the same, and are told', async ({ page, behind }) => {
  await page.goto('/sign-in')
  for (const login of [ADA.login, 'nobody.here']) {
    await fillSignIn(page, login, 'not the password')
    await expect(page.getByText('This login and password do not go together.')).toBeVisible()
    await expect(page).toHaveURL(/\/sign-in/)
  }
  const told = await behind.query<{ actor: string }>(
    `SELECT actor FROM audit_event WHERE "msgType" = 'login-failure' ORDER BY actor`,
  )
  expect(told.map(({ actor }) => actor)).toEqual([ADA.login, 'nobody.here'])
})

test('after ten failures of an account even the right password waits', async ({ page, launchpad }) => {
  const body = { login: ADA.login, password: 'not the password' }
  const statuses: number[] = []
  while (statuses.length <= 10 && statuses.at(-1) !== 429) {
    const { status, headers } = await send(launchpad.url, { method: 'POST', path: '/api/session', body })
    statuses.push(status)
    if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  }
  expect([...new Set(statuses)]).toEqual([401, 429])
  await page.goto('/sign-in')
  await fillSignIn(page, ADA.login, ADA.password)
  await expect(page.getByText('There were too many attempts with a wrong password.')).toBeVisible()
})

async function fillSignIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('Login').fill(login)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
