import { randomUUID } from 'node:crypto'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { parseExactJson, printExactJson } from '../lib/domain/exact-json'
import { createDssClient, type DssClient } from './support/dss-client'
import { send, signInByHttp } from './support/http'
import { createLake } from './support/matrix/scene'
import { createTargets } from './support/matrix/targets'
import { expect, test } from './support/test'
import { activatePartitioning, goToTab } from './support/wizard'

/** The calls of Dataiku's Python client about one dataset, from its creation to its end, as the client sends them. */
test.use({ start: { command: ['demo', '--empty'] } })
test.describe.configure({ mode: 'serial' })

let analyst: DssClient
let admin: DssClient
let other: DssClient
const HOME = '/projects/AUDIT'
const LOGS = `${HOME}/datasets/logs`
const IDS = ['api|2026-11-21', 'api|2026-11-22', 'design|2026-11-22']

test.beforeAll(async ({ launchpad, behind }) => {
  const logins = launchpad.demo()
  const asAdmin = await signInByHttp(launchpad.url, logins.admin)
  const make = createTargets(launchpad.url, asAdmin)
  const { groups } = (await make.get('/api/groups')) as { groups: { id: string; name: string }[] }
  const designers = groups.find(({ name }) => name === 'designers')?.id ?? ''
  const { writer } = behind
  for (const id of IDS) {
    const [node, day = ''] = id.split('|')
    const Key = `lake/audit-logs/${node}/${day.replaceAll('-', '/')}/a.log`
    const Body = `${node}\t"${day}"\nsecond\n`
    await writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key, Body }))
  }
  await createLake(launchpad.url, asAdmin, behind, designers)
  const { secret } = await make.post('/api/keys/global', { label: 'client', admin: true })
  admin = createDssClient(launchpad.url, String(secret))
  analyst = createDssClient(launchpad.url, logins.analyst.apiKey)
  const stranger = await make.person('gus')
  other = createDssClient(launchpad.url, (await make.personalKey(stranger.as)).secret)
  await admin.text('POST', '/projects/', {
    body: { projectKey: 'AUDIT', name: 'Audit', owner: 'analyst', settings: null, permissions: [], tags: [] },
  })
})

/** Follows a future as the client does. */
async function resultOf(client: DssClient, jobId: string) {
  await expect
    .poll(
      async () => (await client.json('GET', `/futures/${jobId}`, { params: { peek: 'False' } })).hasResult,
    )
    .toBe(true)
  return (await client.json('GET', `/futures/${jobId}`, { params: { peek: 'False' } })).result
}

test('create_s3_dataset(), detection, partitioning in place, save()', async () => {
  await analyst.json('POST', `${HOME}/datasets/`, {
    body: {
      name: 'logs',
      projectKey: 'AUDIT',
      type: 'S3',
      params: { connection: 'lake', path: '/audit-logs/' },
    },
  })
  expect(await analyst.json('GET', `${HOME}/datasets/`)).toMatchObject([
    { name: 'logs', type: 'S3', managed: false },
  ])
  const started = await analyst.json('POST', `${LOGS}/actions/testAndDetectSettings/fsLike`, {
    body: { detectPossibleFormats: true, inferStorageTypes: false },
  })
  expect(started).toMatchObject({ jobId: expect.any(String), alive: true, hasResult: false })
  const { format } = await resultOf(analyst, started.jobId)
  expect(format).toMatchObject({
    ok: true,
    type: expect.any(String),
    params: expect.any(Object),
    schemaDetection: { newSchema: { columns: expect.any(Array) } },
  })
  const settings = await analyst.json('GET', LOGS)
  settings.formatType = 'line'
  settings.formatParams = { charset: 'utf8', compress: '' }
  settings.schema = { columns: [{ name: 'line', type: 'string' }], userModified: false }
  settings.partitioning.dimensions.push({ name: 'node', type: 'value' })
  settings.partitioning.dimensions.push({ name: 'date', type: 'time', params: { period: 'DAY' } })
  settings.partitioning.filePathPattern = '/%{node}/%Y/%M/%D/.*'
  settings.ownKey = { kept: true }
  await analyst.empty('PUT', LOGS, { body: settings })
  const saved = await analyst.json('GET', LOGS)
  expect(saved).toMatchObject({ ownKey: { kept: true }, partitioning: settings.partitioning })
  await analyst.empty('PUT', LOGS, { body: settings })
  const theirs = await analyst.json('GET', LOGS)
  theirs.partitioning.filePathPattern = '/%{node}/%Y/%M/%D/[^/]*'
  await analyst.empty('PUT', LOGS, { body: theirs })
  settings.partitioning.filePathPattern = '/%{node}/%Y-%M-%D/.*'
  const late = await analyst.refused('PUT', LOGS, { body: settings })
  expect(late).toMatchObject({ status: 409, detailedMessage: expect.stringContaining('meanwhile') })
  const { partitioning } = saved
  await analyst.empty('PUT', LOGS, { body: { ...(await analyst.json('GET', LOGS)), partitioning } })
})

test('what the wizard creates is given out as DSS JSON; what is sent back shows in the wizard', async ({
  page,
  launchpad,
  signIn,
}) => {
  await signIn(page, launchpad.demo().analyst)
  await page.goto('/projects/AUDIT/datasets/new?connection=lake&tab=files')
  await page.getByLabel('Path in bucket').fill('/audit-logs/')
  await page.getByLabel('Path in bucket').press('Enter')
  await goToTab(page, 'Format / Preview')
  await page.getByLabel('Type', { exact: true }).selectOption('line')
  await goToTab(page, 'Partitioning')
  await activatePartitioning(page, {
    pattern: '/%{node}/%Y/%M/%D/.*',
    discrete: 'node',
    time: { name: 'date' },
  })
  await page.getByLabel('Dataset name').fill('by_wizard')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page).toHaveURL(/by_wizard\/explore/)

  const path = `${HOME}/datasets/by_wizard`
  const definition = await analyst.json('GET', path)
  expect(definition).toMatchObject({
    ...{ projectKey: 'AUDIT', name: 'by_wizard', type: 'S3', managed: false, formatType: 'line' },
    params: { connection: 'lake', path: '/audit-logs/' },
    partitioning: {
      dimensions: [
        { name: 'node', type: 'value' },
        { name: 'date', type: 'time', params: { period: 'DAY' } },
      ],
      filePathPattern: '/%{node}/%Y/%M/%D/.*',
    },
    schema: { columns: [{ name: 'line', type: 'string' }] },
  })
  definition.partitioning.filePathPattern = '/%{kind}/%Y/%M/%D/[^/]*'
  definition.partitioning.dimensions[0].name = 'kind'
  definition.schema = { columns: [{ name: 'event', type: 'string' }], userModified: true }
  await analyst.empty('PUT', path, { body: definition })

  await page.goto('/projects/AUDIT/datasets/by_wizard/settings')
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  await goToTab(page, 'Partitioning')
  await expect(page.getByLabel('Pattern')).toHaveValue('/%{kind}/%Y/%M/%D/[^/]*')
  await expect(page.getByLabel('Name', { exact: true }).first()).toHaveValue('kind')
  await goToTab(page, 'Schema')
  await expect(page.getByRole('textbox', { name: /^Name of column/ })).toHaveValue('event')
  await analyst.empty('DELETE', path, { params: { dropData: 'False' } })
})

test('what nobody here knows comes back as it was written', async ({ launchpad }) => {
  const path = `/dip/publicapi${LOGS}`
  const as = { token: launchpad.demo().analyst.apiKey }
  const { text } = await send(launchpad.url, { method: 'GET', path, as })
  const unknown =
    '"big":[12345678901234567890,-9007199254740993,1e400],"__proto__":{"__proto__":1},"f":{"a":1.0,"b":[-0,[1e5]]}'
  const body = text
    .replace('{', `{"top":{${unknown}},`)
    .replace('"params":{', `"params":{"__proto__":18446744073709551616,"rate":2.50,`)
  expect((await send(launchpad.url, { method: 'PUT', path, as, body })).text).toBe('{}')
  const given = (await send(launchpad.url, { method: 'GET', path, as })).text
  // PostgreSQL has an order of keys of its own.
  expect(given).toContain('"__proto__":{"__proto__":1}')
  expect(given).toContain('"big":[12345678901234567890,-9007199254740993,1e400]')
  expect(given).toContain('"__proto__":18446744073709551616')
  expect(given).toContain('"f":{"a":1.0,"b":[-0,[1e5]]}')
  expect(given).toContain('"rate":2.50')
  // Our own API and the page, which calls nothing else, keep it as well.
  const own = `/api${LOGS}`
  const { version, definition } = parseExactJson(
    (await send(launchpad.url, { method: 'GET', path: own, as })).text,
  ) as Record<string, unknown>
  const saved = printExactJson({ version, definition })
  expect((await send(launchpad.url, { method: 'PUT', path: own, as, body: saved })).status).toBe(204)
  expect((await send(launchpad.url, { method: 'GET', path: own, as })).text).toContain(
    '[12345678901234567890,-9007199254740993,1e400]',
  )
  expect((await send(launchpad.url, { method: 'GET', path, as })).text).toContain('"rate":2.50')
  // Who brings back all of it and nothing else has read it before and takes it back.
  const reset = await send(launchpad.url, { method: 'PUT', path, as, body: text })
  expect(reset.status, reset.text).toBe(200)
  expect((await send(launchpad.url, { method: 'GET', path, as })).text).not.toContain('"top"')
})

test('exists(), get_metadata(), get_info(), get_usages(), get_schema()', async () => {
  const metadata = await analyst.json('GET', `${LOGS}/metadata`)
  metadata.tags.push('raw')
  metadata.custom.kv.team = 'data'
  await analyst.json('PUT', `${LOGS}/metadata`, { body: metadata })
  expect(await analyst.json('GET', `${LOGS}/metadata`)).toMatchObject({
    tags: ['raw'],
    custom: { kv: { team: 'data' } },
    customMeta: { kv: { team: 'data' } },
  })
  expect((await analyst.refused('GET', `${HOME}/datasets/none/metadata`)).status).toBe(404)
  expect((await other.refused('GET', `${LOGS}/metadata`)).status).toBe(404)
  expect(await analyst.json('GET', `${LOGS}/info`)).toMatchObject({ dataset: { name: 'logs' } })
  expect(await analyst.json('GET', `${LOGS}/usages`)).toEqual([])
  const schema = await analyst.json('GET', `${LOGS}/schema`)
  expect(schema.columns).toMatchObject([{ name: 'line', type: 'string' }])
  await analyst.json('PUT', `${LOGS}/schema`, { body: { ...schema, userModified: true } })
})

test('list_partitions(), iter_rows() and its check', async () => {
  expect(await analyst.json('GET', `${LOGS}/partitions`)).toEqual(IDS)
  const readSessionId = randomUUID()
  const params = { format: 'tsv-excel-noheader', partitions: 'design|2026-11-22', readSessionId }
  expect(await analyst.text('GET', `${LOGS}/data/`, { params })).toBe('"design\t""2026-11-22"""\nsecond\n')
  await analyst.json('GET', `${LOGS}/finish-streaming/`, { params: { readSessionId } })
  expect((await admin.refused('GET', `${LOGS}/data/`)).status).toBe(403)
  const missing = await analyst.refused('GET', `${LOGS}/data/`, { params: { partitions: 'api|2020-01-01' } })
  expect(missing).toMatchObject({ status: 404, errorType: 'ERR_DATASET_PARTITION_EMPTY' })
})

test('the stream is packed only where the query asks, whatever the client accepts', async ({ launchpad }) => {
  const as = { token: launchpad.demo().analyst.apiKey }
  // Not by fetch, which unpacks and does not tell.
  const ask = async (path: string) => {
    const headers = { 'accept-encoding': 'gzip' }
    return (await send(launchpad.url, { method: 'GET', path, as, headers })).headers['content-encoding']
  }
  expect(await ask(`/dip/publicapi${LOGS}/data/`)).toBeUndefined()
  expect(await ask(`/dip/publicapi${LOGS}/data/?compression=gzip`)).toBe('gzip')
  expect(await ask('/api/projects/AUDIT/datasets/logs/data')).toBe('gzip')
})

test('compute_metrics() and get_last_metric_values()', async () => {
  const whole = await analyst.json('POST', `${LOGS}/actions/computeMetrics`, { params: { partition: '' } })
  expect(whole.result.computed).toContainEqual(
    expect.objectContaining({ metricId: 'records:COUNT_RECORDS', value: '6' }),
  )
  await analyst.json('POST', `${LOGS}/actions/computeMetricsFromIds`, {
    params: { partition: 'api|2026-11-21' },
    body: { metricIds: ['basic:COUNT_FILES'] },
  })
  const { metrics } = await analyst.json('GET', `${LOGS}/metrics/last/NP`)
  expect(metrics.map((one: { metric: { id: string } }) => one.metric.id).sort()).toEqual([
    'basic:COUNT_COLUMNS',
    'basic:COUNT_FILES',
    'basic:SIZE',
    'records:COUNT_RECORDS',
  ])
  expect(metrics[0].lastValues).toMatchObject([{ partition: 'ALL', dataType: 'BIGINT', value: '3' }])
  const part = await analyst.json('GET', `${LOGS}/metrics/last/${encodeURIComponent(IDS[0] ?? '')}`)
  expect(part.metrics[0].lastValues).toMatchObject([{ partition: IDS[0], value: '1' }])
})

test('build(), clear() and dropping data are refused, naming dataset and connection', async () => {
  const naming = { status: 403, detailedMessage: expect.stringMatching(/AUDIT\.logs.*lake/) }
  const outputs = [{ type: 'DATASET', id: 'logs', projectKey: 'AUDIT', partition: null }]
  const body = { type: 'NON_RECURSIVE_FORCED_BUILD', refreshHiveMetastore: false, outputs }
  expect(await analyst.refused('POST', `${HOME}/jobs/`, { body })).toMatchObject(naming)
  expect(await analyst.refused('DELETE', `${LOGS}/data`)).toMatchObject(naming)
  expect(await analyst.refused('DELETE', LOGS, { params: { dropData: 'True' } })).toMatchObject(naming)
})

test('jobs and futures', async () => {
  const jobs = await analyst.json('GET', `${HOME}/jobs/`)
  const { id } = jobs[0].baseStatus.def
  expect((await analyst.json('GET', `${HOME}/jobs/${id}/`)).baseStatus.state).toBe('DONE')
  expect(await analyst.text('GET', `${HOME}/jobs/${id}/log`)).toContain('AUDIT.logs')
  await analyst.json('POST', `${HOME}/jobs/${id}/abort`)
  await analyst.empty('DELETE', `/futures/${id}`)
  const listed = { withScenarios: 'False', withNotScenarios: 'True', allUsers: 'False' }
  expect(await analyst.json('GET', '/futures/', { params: listed })).toEqual([])
  expect(
    (await analyst.refused('GET', '/futures/', { params: { ...listed, allUsers: 'True' } })).status,
  ).toBe(403)
  expect((await other.refused('GET', `/futures/${id}`)).status).toBe(404)
})

test('rename() and delete()', async () => {
  await analyst.empty('POST', `${HOME}/actions/renameDataset`, {
    body: { oldName: 'logs', newName: 'audit' },
  })
  await analyst.empty('DELETE', `${HOME}/datasets/audit`, { params: { dropData: 'False' } })
  expect(await analyst.json('GET', `${HOME}/datasets/`)).toEqual([])
})

test('a key in the address and a list of 100,000 partitions are refused', async ({ launchpad }) => {
  const { apiKey } = launchpad.demo().analyst
  const refused = await fetch(`${launchpad.url}/dip/publicapi/projects/?key=${apiKey}`)
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ errorType: 'key-in-address' })
  const ids = Array.from({ length: 100_000 }, (_, n) => `design-${n}|2026-11-22`)
  const query = new URLSearchParams({ partitions: ids.join('/') })
  const data = `${launchpad.url}/dip/publicapi${HOME}/datasets/audit/data/`
  const tooLong = await fetch(`${data}?${query}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  expect(tooLong.status).toBe(431)
  expect(await tooLong.json()).toMatchObject({
    errorType: 'address-too-long',
    detailedMessage: expect.stringContaining('range specification'),
  })
})
