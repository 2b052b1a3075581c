import { lineDefinition } from './support/definitions'
import { type Credential, send, sendLines, signInByHttp, succeed } from './support/http'
import { createLake } from './support/matrix/scene'
import { createTargets } from './support/matrix/targets'
import { expect, test } from './support/test'
import { activatePartitioning } from './support/wizard'

test.use({ start: { command: ['demo', '--empty'] } })

let as: Credential

test.beforeAll(async ({ launchpad, behind }) => {
  as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const { get, post } = createTargets(launchpad.url, as)
  const { groups } = (await get('/api/groups')) as { groups: { id: string; name: string }[] }
  const administrators = groups.find(({ name }) => name === 'space_administrators')?.id ?? ''
  await createLake(launchpad.url, as, behind, administrators)
  await post('/api/projects', { key: 'BAD', name: 'Bad input' })
})

test('a forged Host reaches no page and no link', async ({ launchpad }) => {
  const { host } = new URL(launchpad.url)
  for (const lines of [
    ['GET /sign-in HTTP/1.1', 'host: evil.example'],
    ['GET /sign-in HTTP/1.1', `host: ${host}`, 'host: evil.example'],
    ['GET /sign-in HTTP/1.1', `host: ${host}@evil.example`],
    ['GET /api/health HTTP/1.0'],
  ]) {
    expect(await sendLines(launchpad.url, lines)).toMatch(/^HTTP\/1.1 421 /)
  }
  const forwarded = await send(launchpad.url, {
    method: 'POST',
    path: '/api/invites',
    body: { email: 'new@example.com', groupIds: [] },
    as,
    headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  })
  expect(String(forwarded.json().link)).toContain(launchpad.url)
})

test('a forged x-forwarded-for changes neither the address in events nor the limits', async ({
  launchpad,
  behind,
}) => {
  const body = { login: 'forger', password: 'not the password' }
  for (const address of ['203.0.113.1', '203.0.113.2', '169.254.169.254, 203.0.113.3']) {
    const headers = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` }
    await send(launchpad.url, { method: 'POST', path: '/api/session', body, headers })
  }
  const told = await behind.query<{ line: string; repeats: number }>(
    `SELECT line, repeats FROM audit_event WHERE "msgType" = 'login-failure' AND actor = 'forger'`,
  )
  expect(told).toHaveLength(1)
  expect(told[0]?.repeats).toBe(3)
  expect(JSON.parse(told[0]?.line ?? '{}').message.originAddress).toBe('127.0.0.1')
})

test('doubled slashes are no way in, and whole addresses are one to our own host alone', async ({
  launchpad,
}) => {
  const { host } = new URL(launchpad.url)
  for (const [target, status] of [
    ['//evil.example', 404],
    ['/launchpad//users', 404],
    ['/api//session', 404],
    ['/\\evil.example', 404],
    [`http://${host}/api/health`, 200],
    [`http://${host}/dip/publicapi/auth/info`, 401],
    [`http://${host}//evil.example`, 404],
    ['http://evil.example/', 421],
    [`ftp://${host}/`, 400],
  ] as const) {
    const answer = await sendLines(launchpad.url, [`GET ${target} HTTP/1.1`, `host: ${host}`])
    expect(answer, target).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).not.toMatch(/^location:/im)
  }
})

test('bodies that are not what they should be are refused with the field', async ({ launchpad }) => {
  const post = (body: unknown) => send(launchpad.url, { method: 'POST', path: '/api/groups', body, as })
  expect((await post('{"name": ')).json()).toMatchObject({ status: 422, details: { reason: 'not-json' } })
  expect((await post({ name: 7 })).json()).toMatchObject({
    status: 422,
    details: { reason: 'invalid-input', issues: [{ path: ['name'] }] },
  })
  expect((await post({ name: 'a\u202eb' })).status).toBe(422)
  expect((await post(`{"name": "${'x'.repeat(3_000_000)}"}`)).json()).toMatchObject({
    details: { reason: 'body-too-large' },
  })
  expect((await post('{"__proto__": {"isAdmin": true}, "name": "proto"}')).status).toBe(201)
})

test('names of datasets: one to a hundred characters, unique without regard to case', async ({
  launchpad,
}) => {
  const path = '/api/projects/BAD/datasets'
  const create = (name: string) =>
    send(launchpad.url, { method: 'POST', path, body: { name, definition: lineDefinition('lake') }, as })
  expect((await create('logs')).status).toBe(201)
  expect((await create('LOGS')).json()).toMatchObject({ status: 409, details: { reason: 'name-taken' } })
  expect((await create('x'.repeat(101))).json()).toMatchObject({
    status: 422,
    details: { reason: 'name-too-long' },
  })
  for (const name of ['with space', 'søren', 'a/b', '..', 'a\u200bb'])
    expect((await create(name)).json(), name).toMatchObject({ details: { reason: 'name-characters' } })
  expect((await create('x'.repeat(100))).status).toBe(201)
})

test('of two datasets of one name made at once there is one', async ({ launchpad }) => {
  const body = { name: 'twice', definition: lineDefinition('lake') }
  const create = () => send(launchpad.url, { method: 'POST', path: '/api/projects/BAD/datasets', body, as })
  const answers = await Promise.all([create(), create(), create()])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
})

const PATTERNS: [what: string, pattern: string, message: RegExp][] = [
  ['an unclosed brace', '/%{node_type/%Y/%M/%D/.*', /not closed|closing/],
  ['an unknown dimension', '/%{region}/%{node_type}/%Y/%M/%D/.*', /There is no dimension “region”/],
  ['a missing %M', '/%{node_type}/%Y/%D/.*', /%M is missing/],
  ['%q', '/%{node_type}/%Y/%M/%D/%q/.*', /%q at character 24 is not a specifier/],
  ['a back-reference', '/%{node_type}/%Y/%M/%D/(.*)\\1', /back-references are not supported/],
  ['a dimension twice', '/%{node_type}/%{node_type}/%Y/%M/%D/.*', /stands twice, at characters 2 and 15/],
]

test('patterns with a mistake say what and where as one types', async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/BAD/datasets/new?tab=partitioning')
  await activatePartitioning(page, { discrete: 'node_type', time: { name: 'date' } })
  const pattern = page.getByLabel('Pattern')
  for (const [what, text, message] of PATTERNS) {
    await pattern.fill(text)
    await expect(page.getByText(message), what).toBeVisible()
    await expect(pattern, what).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  }
  await pattern.fill('/%{node_type}/%Y/%M/%D/.*')
  await expect(pattern).not.toHaveAttribute('aria-invalid', 'true')
})

test('the server refuses the same patterns, and two time dimensions', async ({ launchpad }) => {
  const day = (name: string) => ({ name, type: 'time', params: { period: 'DAY' } })
  const value = { name: 'node_type', type: 'value' }
  const create = (filePathPattern: string, dimensions: unknown[]) =>
    send(launchpad.url, {
      method: 'POST',
      path: '/api/projects/BAD/datasets',
      body: {
        name: 'partitioned',
        definition: { ...lineDefinition('lake'), partitioning: { filePathPattern, dimensions } },
      },
      as,
    })
  const refused = { status: 422, details: { reason: 'ERR_DATASET_INVALID_PARTITIONING_CONFIG' } }
  for (const [what, pattern] of PATTERNS)
    expect((await create(pattern, [value, day('date')])).json(), what).toMatchObject(refused)
  const twice = await create('/%{node_type}/%Y/%M/%D/.*', [value, day('date'), day('other')])
  expect(twice.json()).toMatchObject(refused)
  expect(twice.text).toContain('There can only be one time dimension')
})

test('of two tabs that save one draft neither overwrites the other unseen', async ({
  page,
  context,
  launchpad,
  signIn,
}) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/projects/BAD/datasets/new')
  await page.getByLabel('Dataset name').fill('first')
  await expect(page).toHaveURL(/draft=/)
  await expect(page.getByText(/^Saved/).filter({ visible: true })).toBeVisible()
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByLabel('Dataset name')).toHaveValue('first')
  await other.getByLabel('Dataset name').fill('theirs')
  const draft = new URL(page.url()).searchParams.get('draft')
  const saved = async () => {
    const path = `/api/projects/BAD/drafts/${draft}`
    return (await succeed(launchpad.url, { method: 'GET', path, as })).text
  }
  await expect.poll(saved).toContain('theirs')
  await page.getByLabel('Dataset name').fill('mine')
  await expect(page.getByText('Changed in another tab').filter({ visible: true }).first()).toBeVisible()
  expect(await saved()).toContain('theirs')
  await page.getByRole('button', { name: 'Keep mine' }).click()
  await expect.poll(saved).toContain('mine')
  await other.getByLabel('Dataset name').fill('theirs again')
  await expect(other.getByText('Changed in another tab').filter({ visible: true }).first()).toBeVisible()
  await other.getByRole('button', { name: 'Reload' }).click()
  await expect(other.getByLabel('Dataset name')).toHaveValue('mine')
})
