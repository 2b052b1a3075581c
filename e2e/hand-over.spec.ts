import { signInByHttp, succeed } from './support/http'
import { expect, test } from './support/test'

/** A project gets another owner on its Members page. */
test.use({ start: { command: ['demo', '--empty'] } })

test('the owner of a project hands it over, and may not any more', async ({
  page,
  launchpad,
  signIn,
  checkAccessibility,
  behind,
}) => {
  const { analyst, admin } = launchpad.demo()
  const as = await signInByHttp(launchpad.url, analyst)
  await succeed(launchpad.url, {
    method: 'POST',
    path: '/api/projects',
    body: { key: 'GIVEN', name: 'Given' },
    as,
  })
  await signIn(page, analyst)
  await page.goto(`${launchpad.url}/projects/GIVEN/members`)
  const owner = page.getByRole('region', { name: 'Owner' })
  await expect(owner).toContainText(analyst.login)
  await owner.getByRole('button', { name: 'Hand over' }).click()

  const dialog = page.getByRole('dialog', { name: 'Hand over Given' })
  await expect(dialog.getByRole('button', { name: 'Hand over' })).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('button', { name: 'New owner' }).click()
  await page.getByRole('combobox', { name: 'Search people' }).fill('ad')
  await page.getByRole('option').first().click()
  await page.keyboard.press('Escape')
  await dialog.getByLabel('Reason').fill('I change teams')
  await checkAccessibility(page)
  await dialog.getByRole('button', { name: 'Hand over' }).click()
  await expect(dialog).toHaveCount(0)

  await expect(owner).toContainText(admin.login)
  await expect(owner.getByRole('button', { name: 'Hand over' })).toHaveCount(0)
  await page.reload()
  await expect(owner).toContainText(admin.login)
  const events = await behind.query<{ line: string }>(
    `SELECT line FROM audit_event WHERE "msgType" = 'project-owner-change'`,
  )
  expect(events.map(({ line }) => JSON.parse(line).message)).toMatchObject([
    {
      authUser: analyst.login,
      before: { owner: analyst.login },
      after: { owner: admin.login },
      reason: 'I change teams',
    },
  ])
})
