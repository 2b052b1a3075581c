import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { untilDelivered } from './support/delivered'
import { signInByHttp, succeed } from './support/http'
import { createTargets } from './support/matrix/targets'
import { expect, test } from './support/test'

/** A key is made on a page, used with the command that the page shows, seen in the events, and revoked. */
test.use({ start: { command: ['demo', '--empty'] } })

const run = promisify(execFile)

const example = (where: Locator) => where.getByRole('region', { name: 'Example with curl' })

/** Runs the page's own example in a shell and gives the status and the answer. */
async function runExample(page: Page): Promise<{ status: string; body: string }> {
  const command = await example(page.getByRole('dialog')).innerText()
  const { stdout } = await run('sh', ['-c', `${command} --silent --write-out '\\n%{http_code}'`])
  const at = stdout.lastIndexOf('\n')
  return { status: stdout.slice(at + 1), body: stdout.slice(0, at) }
}

async function createKey(page: Page, button: string, label: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Label').fill(label)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(example(dialog)).toBeVisible()
}

async function revokeKey(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: `Revoke ${label}` }).click()
  const confirm = page.getByRole('button', { name: 'Revoke', exact: true })
  await confirm.click()
  // The dialog closes when it is done; until then it hides the table.
  await expect(confirm).toHaveCount(0)
  await expect(page.getByRole('button', { name: `Revoke ${label}` })).toHaveCount(0)
}

test('a personal key', async ({ page, launchpad, signIn, behind }) => {
  await signIn(page, launchpad.demo().analyst)
  await page.goto(`${launchpad.url}/keys`)
  await createKey(page, 'Create a key', 'export')
  const answer = await runExample(page)
  expect(answer.status).toBe('200')
  expect(JSON.parse(answer.body)).toMatchObject({ authIdentifier: 'analyst' })
  const command = await example(page.getByRole('dialog')).innerText()
  const secret = (await page.getByRole('region', { name: 'API key', exact: true }).innerText()).trim()
  const body = JSON.stringify({ projectKey: 'BYKEY', name: 'By key' })
  const projects = `${launchpad.url}/public/api/projects/`
  const made = await run('curl', ['-s', '-u', `${secret}:`, '-X', 'POST', '-d', body, projects])
  expect(JSON.parse(made.stdout)).toMatchObject({ projectKey: 'BYKEY' })
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(/lp_key_[\w-]{43}/)).toHaveCount(0)
  await revokeKey(page, 'export')
  const { stdout } = await run('sh', ['-c', `${command} --silent`])
  expect(JSON.parse(stdout)).toMatchObject({ errorType: 'wrong-key' })
  // In the objects of the bucket, as whoever audits reads them.
  await createTargets(
    launchpad.url,
    await signInByHttp(launchpad.url, launchpad.demo().admin),
  ).extensionActive('dku-audit-log')
  const told = async (msgType: string) => {
    const [event] = await behind.query<{ line: string }>(
      `SELECT line FROM audit_event WHERE "msgType" = $1 ORDER BY seq DESC LIMIT 1`,
      [msgType],
    )
    const { eventId } = JSON.parse(event?.line ?? '{}').message
    const { line } = await untilDelivered(behind, eventId, /audit-logs\//)
    expect(line).not.toContain(secret)
    return JSON.parse(line).message
  }
  const { objectId: keyId, ...creation } = await told('personal-api-key-create')
  expect(creation).toMatchObject({ authUser: 'analyst', outcome: 'success' })
  expect(await told('project-create')).toMatchObject({
    authSource: 'PERSONAL_API_KEY',
    ...{ authKeyId: keyId, authVia: 'api', objectId: 'BYKEY' },
  })
  expect(await told('personal-api-key-delete')).toMatchObject({ objectId: keyId })
})

test('a key of a project opens that project and no other', async ({
  page,
  launchpad,
  signIn,
  checkAccessibility,
}) => {
  const { analyst } = launchpad.demo()
  const as = await signInByHttp(launchpad.url, analyst)
  for (const key of ['KEYED', 'OTHER'])
    await succeed(launchpad.url, { method: 'POST', path: '/api/projects', body: { key, name: key }, as })
  await signIn(page, analyst)
  await page.goto(`${launchpad.url}/projects/KEYED/members`)
  await page.getByRole('button', { name: 'Create a project key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create a project API key' })
  await dialog.getByLabel('Label').fill('nightly')
  await dialog.getByRole('button', { name: 'Add groups' }).click()
  // Nobody lends what is not theirs.
  await expect(page.getByRole('option', { name: /person|people/ })).toHaveCount(1)
  await page.getByRole('option', { name: /^designers/ }).click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(example(dialog)).toBeVisible()
  const secret = (await page.getByRole('region', { name: 'API key', exact: true }).innerText()).trim()
  await page.getByRole('button', { name: 'Done' }).click()
  const keys = page.getByRole('region', { name: 'API keys of this project' }).first()
  await expect(keys.getByRole('cell', { name: 'Read designers' })).toBeVisible()
  await checkAccessibility(page)
  const { stdout } = await run('curl', ['-s', '-u', `${secret}:`, `${launchpad.url}/public/api/projects/`])
  expect(JSON.parse(stdout)).toMatchObject([{ projectKey: 'KEYED' }])
  await revokeKey(page, 'nightly')
  const after = await run('curl', ['-s', '-u', `${secret}:`, `${launchpad.url}/public/api/projects/`])
  expect(JSON.parse(after.stdout)).toMatchObject({ errorType: 'wrong-key' })
})

test('an administrator edits a global key, and ends the personal key of another', async ({
  page,
  launchpad,
  signIn,
  checkAccessibility,
}) => {
  const { admin, analyst } = launchpad.demo()
  const as = await signInByHttp(launchpad.url, analyst)
  const body = { label: 'forgotten' }
  const made = await succeed(launchpad.url, { method: 'POST', path: '/api/keys', body, as })
  await signIn(page, admin)
  await page.goto(`${launchpad.url}/launchpad/users/keys`)
  await createKey(page, 'Create a global key', 'builder')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Edit builder' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit builder' })
  await dialog.getByLabel('Label').fill('nightly build')
  await dialog.getByRole('button', { name: 'Add groups' }).click()
  await page.getByRole('option', { name: /^auditors/ }).click()
  await page.keyboard.press('Escape')
  await checkAccessibility(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('row', { name: /nightly build/ })).toContainText('auditors')

  await page.getByRole('link', { name: 'Personal API keys' }).click()
  await expect(page.getByRole('row', { name: /forgotten/ })).toContainText(analyst.login)
  await checkAccessibility(page)
  await revokeKey(page, 'forgotten')
  const secret = String(made.json().secret)
  const after = await run('curl', ['-s', '-u', `${secret}:`, `${launchpad.url}/public/api/auth/info`])
  expect(JSON.parse(after.stdout)).toMatchObject({ errorType: 'wrong-key' })
})
