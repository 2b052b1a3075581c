import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { untilDelivered } from './support/delivered'
import { activateExtension } from './support/extensions'
import { send } from './support/http'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'] } })

test.describe.configure({ mode: 'serial' })

const run = promisify(execFile)
let token = ''
/** The command that the page shows with the token. */
let example = ''

test('a node is registered, its token shown once', async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await activateExtension(page, 'API node')
  await registerNode(page, 'api-eu-1')
  expect(token).toMatch(/^lp_node_\S{43}$/)
  await page.reload()
  await expect(page.getByRole('row', { name: /api-eu-1/ })).toContainText('none yet')
  await expect(page.getByText(token)).toHaveCount(0)
})

test('the command of the page does what it says', async ({ page, launchpad, signIn }) => {
  const { stdout } = await run('bash', ['-c', example])
  expect(JSON.parse(stdout)).toEqual({ accepted: 1, duplicates: 0, conflicts: 0 })
  await signIn(page, launchpad.demo().admin)
  await page.goto('/launchpad/api-nodes')
  await expect(page.getByRole('row', { name: /api-eu-1/ })).toContainText('127.0.0.1')
})

test('an event sent again is kept once, and with other content twice', async ({ behind }) => {
  const event = {
    topic: 'generic',
    message: { msgType: 'dataset-save', eventId: 'same-id', authUser: 'mira' },
  }
  const other = { ...event, message: { ...event.message, authUser: 'mallory' } }
  expect(await curl(event)).toMatchObject({ accepted: 1 })
  expect(await curl(event)).toMatchObject({ accepted: 0, duplicates: 1 })
  expect(await curl(other)).toMatchObject({ conflicts: 1 })
  expect(await behind.query(`SELECT 1 FROM audit_event WHERE "eventId" = 'same-id'`)).toHaveLength(2)
})

test('one malformed line refuses the whole request and says which', async ({ launchpad, behind }) => {
  const good = { topic: 'generic', message: { msgType: 'dataset-save', eventId: 'beside-a-bad-one' } }
  const body = `${JSON.stringify(good)}\n{"topic": "generic", \n`
  const answer = await post(launchpad.url, body, token)
  expect(answer.status).toBe(422)
  expect(answer.json()).toMatchObject({
    details: {
      reason: 'malformed-event',
      where: 'line 2',
      remedy: expect.stringContaining('Nothing of this request was stored'),
    },
  })
  expect(await behind.query(`SELECT 1 FROM audit_event WHERE "eventId" = 'beside-a-bad-one'`)).toEqual([])
})

test('a node that says it is another one is still itself', async ({ launchpad, behind }) => {
  const body = JSON.stringify({
    topic: 'generic',
    message: { msgType: 'dataset-save', eventId: 'forged', nodeId: 'launchpad', nodeType: 'design' },
  })
  expect((await post(launchpad.url, body, token)).status).toBe(200)
  const [stored] = await behind.query<{ nodeType: string; nodeId: string }>(
    `SELECT "nodeType", "nodeId" FROM audit_event WHERE "eventId" = 'forged'`,
  )
  const [node] = await behind.query<{ id: string }>(`SELECT id FROM node WHERE name = 'api-eu-1'`)
  expect(stored).toEqual({ nodeType: 'api', nodeId: node?.id })
})

test('a query sent with the page’s own curl line arrives in a dataset on customer-audit-log', async ({
  page,
  launchpad,
  behind,
  signIn,
}) => {
  const query = {
    topic: 'apinode-query',
    message: {
      msgType: 'prediction-query',
      eventId: `query-${Date.now()}`,
      authUser: 'mira',
      service: 'churn',
    },
  }
  expect(await curl(query)).toEqual({ accepted: 1, duplicates: 0, conflicts: 0 })

  const { line } = await untilDelivered(
    behind,
    query.message.eventId,
    /\/apinode-audit-logs\/\d{4}\/\d\d\/\d\d\/\d\d\//,
  )
  expect(JSON.parse(line)).toMatchObject({ topic: 'apinode-query', message: query.message })

  await signIn(page, launchpad.demo().admin)
  await page.goto('/launchpad/connections/customer-audit-log')
  await page.getByRole('link', { name: 'Create dataset' }).click()
  await expect(page.getByLabel('Dataset name')).toHaveValue('api_node_queries')
  await expect(page.getByLabel('Path in bucket')).toHaveValue('/apinode-audit-logs/')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page).toHaveURL(/\/projects\/DEMO\/datasets\/api_node_queries\/explore/)
  await expect(page.getByText(query.message.eventId)).toBeVisible()
})

test('a token that is wrong, or was rotated, is refused', async ({ page, launchpad, behind, signIn }) => {
  const event = JSON.stringify({ topic: 'generic', message: { msgType: 'dataset-save', eventId: 'refused' } })
  for (const wrong of ['', 'lp_node_guessed', launchpad.demo().admin.apiKey]) {
    expect((await post(launchpad.url, event, wrong)).json()).toMatchObject({
      code: 'unauthenticated',
      details: { reason: 'wrong-node-token' },
    })
  }
  await signIn(page, launchpad.demo().admin)
  await page.goto('/launchpad/api-nodes')
  await page.getByRole('button', { name: 'Actions for api-eu-1' }).click()
  await page.getByRole('menuitem', { name: 'Rotate token' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate token' }).click()
  const told = page.getByRole('dialog', { name: 'Token of api-eu-1', exact: true })
  await expect(told).toBeVisible()
  expect((await post(launchpad.url, event, token)).status).toBe(401)
  expect(await behind.query(`SELECT 1 FROM audit_event WHERE "eventId" = 'refused'`)).toEqual([])
  const failures = await behind.query(
    `SELECT 1 FROM audit_event WHERE "msgType" = 'node-authentication-failure'`,
  )
  expect(failures).toHaveLength(1)
})

async function registerNode(page: Page, name: string): Promise<void> {
  await page.goto('/launchpad/api-nodes')
  await page.getByRole('button', { name: 'Register a node' }).click()
  const form = page.getByRole('dialog', { name: 'Register a node' })
  await form.getByLabel('Node name').fill(name)
  await form.getByLabel('Node type').selectOption('api')
  await form.getByRole('button', { name: 'Register', exact: true }).click()
  const told = page.getByRole('dialog', { name: `Token of ${name}`, exact: true })
  token = (await told.getByRole('region', { name: 'Token' }).innerText()).trim()
  example = await told.getByRole('region', { name: 'A command that sends one event with it' }).innerText()
  await told.getByRole('button', { name: 'Done' }).click()
}

/** Runs the page's own command with a real shell and curl, sending `event` in place of its example. */
async function curl(event: unknown): Promise<unknown> {
  const { command, body } = splitExample(example)
  const { stdout } = await run('sh', ['-c', `${command} '${JSON.stringify(event)}'`])
  expect(body).toContain('"msgType"')
  return JSON.parse(stdout)
}

function splitExample(text: string) {
  const at = text.indexOf('--data-binary ') + '--data-binary '.length
  return { command: text.slice(0, at), body: text.slice(at) }
}

const post = (origin: string, body: string, as: string) =>
  send(origin, { method: 'POST', path: '/api/event-server/events', body, as: { token: as } })
