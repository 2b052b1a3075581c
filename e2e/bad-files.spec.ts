import { gzipSync } from 'node:zlib'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { lineDefinition, storeParams, usableByGroups } from './support/definitions'
import { type Credential, send, signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'] } })

/** Keys that are allowed in S3 and that somebody has somewhere. */
const ODD_KEYS = [
  'with space.log',
  'a+b.log',
  '100%.log',
  '100%25.log',
  'æøå-日本.log',
  'nfd-é.log',
  'rtl-\u202egol.exe',
  'double//slash.log',
  '/leading.log',
  'dot./x.log',
  '<b>&amp;.log',
  'quote"\'.log',
  'trailing .log',
]
/** Keys that no path of ours can name; they are shown and counted, and reading one says why not. */
const CONTROL_KEYS = ['line\nfeed.log', 'tab\there.log']

let as: Credential

test.beforeAll(async ({ launchpad, behind }) => {
  const { writer } = behind
  const put = (Key: string, Body: string | Buffer) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `mess/${Key}`, Body }))
  for (const key of [...ODD_KEYS, ...CONTROL_KEYS]) await put(`odd/${key}`, `record of ${key.length}\n`)
  const lines = `${Array.from({ length: 2000 }, (_, index) => `line ${index}`).join('\n')}\n`
  const packed = gzipSync(lines)
  await put('gz/short/a.gz', packed.subarray(0, 600))
  await put('gz/none/a.gz', 'this is no gzip\nat all\n')
  await put('gz/two/a.gz', Buffer.concat([gzipSync('first\n'), gzipSync('second\n')]))
  await put('gz/bomb/a.gz', gzipSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 }))
  await put('text/long/a.log', `short\n${'x'.repeat(5_000)}\nshort again\n`)
  await put('text/bytes/a.log', Buffer.from([0x6f, 0x6b, 0x0a, 0x62, 0xff, 0x61, 0x64, 0x0a]))
  await put('text/parquet/a.parquet', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5_000)]))

  as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const body = { name: 'mess', params: storeParams(writer, '/mess/'), secret: writer.secretAccessKey }
  await succeed(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(launchpad.url, as, 'mess', { ...usableByGroups([]), usableBy: 'everyone' })
})

const browse = async (origin: string, path: string, connection = 'mess') =>
  send(origin, { method: 'POST', path: '/api/files/browse', body: { connection, path }, as })

interface Preview {
  usedPath: string
  records: number
  rows: { cells: (string | null)[] }[]
  replacedBytes: number
  truncatedBy: string | null
  problems: { reason: string; message: string; remedy?: string }[]
}

async function preview(origin: string, path: string, formatParams = {}, file?: string) {
  const base = lineDefinition('mess', path)
  const definition = { ...base, formatParams: { ...base.formatParams, ...formatParams } }
  const answer = await send(origin, {
    method: 'POST',
    path: '/api/files/preview',
    body: { definition, file },
    as,
  })
  return { answer, body: answer.json() as unknown as Preview }
}

test('odd keys come back as they are, and their objects can be read', async ({ launchpad }) => {
  const found: string[] = []
  const visit = async (folder: string): Promise<void> => {
    const answer = await browse(launchpad.url, folder)
    expect(answer.status, answer.text).toBe(200)
    const { files, folders } = answer.json() as { files: { path: string }[]; folders: string[] }
    found.push(...files.map(({ path }) => path))
    for (const next of folders) await visit(next)
  }
  await visit('/odd/')
  expect(found.sort()).toEqual([...ODD_KEYS, ...CONTROL_KEYS].map((key) => `/odd/${key}`).sort())
  for (const key of ODD_KEYS) {
    const { answer, body } = await preview(launchpad.url, '/odd/', {}, `/${key}`)
    expect(answer.status, `${key}: ${answer.text}`).toBe(200)
    expect(body.rows.map(({ cells }) => cells[0])).toEqual([`record of ${key.length}`])
  }
  for (const key of CONTROL_KEYS) {
    const { answer } = await preview(launchpad.url, '/odd/', {}, `/${key}`)
    expect(answer.json()).toMatchObject({
      detail: 'The path holds a control character.',
      details: { reason: 'ERR_FSPROVIDER_ILLEGAL_PATH' },
    })
  }
})

test('the file browser shows odd keys without being changed by them', async ({ page, launchpad, signIn }) => {
  await signIn(page, launchpad.demo().admin)
  await succeed(launchpad.url, {
    method: 'POST',
    path: '/api/projects',
    body: { key: 'MESS', name: 'Mess' },
    as,
  })
  await page.goto('/projects/MESS/datasets/new')
  await page.getByLabel('S3 connection').selectOption('mess')
  await page.getByRole('button', { name: 'Browse…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Browse mess' })
  await dialog.getByRole('row', { name: /^odd/ }).click()
  await expect(dialog.getByText('<b>&amp;.log')).toBeVisible()
  await expect(dialog.getByText('with space.log')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Choose /odd/' })).toBeVisible()
})

test('a path with .. goes nowhere', async ({ launchpad, behind }) => {
  const keysBefore = await behind.objects()
  for (const path of ['/../', '/odd/../../', '/odd/..', '/./odd/../gz/']) {
    for (const answer of [await browse(launchpad.url, path), (await preview(launchpad.url, path)).answer]) {
      expect(answer.status, answer.text).toBe(422)
      expect(answer.json(), path).toMatchObject({ details: { reason: 'ERR_FSPROVIDER_ILLEGAL_PATH' } })
    }
  }
  expect(await behind.objects()).toEqual(keysBefore)
})

test('a folder that is not there is told with its code', async ({ launchpad }) => {
  const answer = await browse(launchpad.url, '/nothing/here/')
  expect(answer.json()).toMatchObject({
    details: { reason: 'ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST', remedy: expect.any(String) },
  })
})

test('a gz file cut short shows what there is, and says where it ends', async ({ launchpad }) => {
  const { body } = await preview(launchpad.url, '/gz/short/')
  expect(body.records).toBeGreaterThan(0)
  expect(body.problems).toMatchObject([{ reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA' }])
})

test('a file named gz that is none is read as what it is, unless gzip is chosen', async ({ launchpad }) => {
  const detected = await preview(launchpad.url, '/gz/none/')
  expect(detected.body.rows.map(({ cells }) => cells[0])).toEqual(['this is no gzip', 'at all'])
  const chosen = await preview(launchpad.url, '/gz/none/', { compress: 'gzip' })
  expect(JSON.stringify(chosen.answer.json())).toMatch(/gzip/)
  expect(chosen.body.rows ?? []).toEqual([])
})

test('all members of a gz file are read', async ({ launchpad }) => {
  const { body } = await preview(launchpad.url, '/gz/two/')
  expect(body.rows.map(({ cells }) => cells[0])).toEqual(['first', 'second'])
})

test('a bomb ends at its limit', async ({ launchpad }) => {
  const { answer, body } = await preview(launchpad.url, '/gz/bomb/')
  expect(answer.status, answer.text).toBe(200)
  expect(body.truncatedBy).toMatch(/^(?:bytes-out|ratio)$/)
})

test('a line over the maximum is told with its record', async ({ launchpad }) => {
  const { body } = await preview(launchpad.url, '/text/long/', { maxLineChars: 100 })
  expect(body.problems).toMatchObject([{ reason: 'ERR_FORMAT_LINE_TOO_LARGE', record: 2 }])
})

test('bytes that do not decode are replaced and counted, with the place', async ({ launchpad }) => {
  const { body } = await preview(launchpad.url, '/text/bytes/')
  expect(body.rows.map(({ cells }) => cells[0])).toEqual(['ok', 'b\ufffdad'])
  expect(body.replacedBytes).toBe(1)
  expect(body.problems).toMatchObject([{ reason: 'undecodable-bytes', offset: 4 }])
})

test('binary content is named, not shown as noise', async ({ launchpad }) => {
  const { body } = await preview(launchpad.url, '/text/parquet/')
  expect(body.problems).toMatchObject([{ message: expect.stringContaining('Parquet') }])
})
