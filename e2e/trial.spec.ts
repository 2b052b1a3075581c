import { send, signInByHttp } from './support/http'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'], env: { LAUNCHPAD_ENTITLEMENT: 'trial' } } })

const REASON =
  'dku-audit-log is only available for customers. This space is a trial; the operator of this Launchpad can change that.'

test('a trial space is refused the extension, with the reason', async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/launchpad/extensions')
  await page.getByRole('button', { name: 'Add an extension', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an extension' })
  await dialog.getByRole('radio', { name: 'dku-audit-log' }).check()
  await expect(dialog.getByRole('alert')).toHaveText(REASON)
  await expect(dialog.getByRole('button', { name: 'Confirm', exact: true })).toBeDisabled()
  await page.goto('/launchpad/extensions/dku-audit-log')
  await expect(page.getByText('This space cannot activate it')).toBeVisible()
  await expect(page.getByText(REASON)).toBeVisible()
})

test('nor does asking the API help', async ({ launchpad, behind }) => {
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const path = '/api/extensions/dku-audit-log/activate'
  const answer = await send(launchpad.url, { method: 'POST', path, body: {}, as })
  expect(answer.status).toBe(403)
  expect(answer.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('trial') })
  expect(await behind.query('SELECT * FROM extension')).toEqual([])
  expect(await behind.query('SELECT * FROM connection')).toEqual([])
  expect(await behind.objects()).toEqual(new Map())
})
