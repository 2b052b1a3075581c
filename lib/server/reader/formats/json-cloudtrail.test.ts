import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import { readJson } from '#lib/server/testing/read-json'

const FOLDER = path.join(import.meta.dirname, '../fixtures/cloudtrail')
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))

it.each(FILES)('reads each field of the CloudTrail log %s as JSON.parse does', async (name) => {
  const bytes = readFileSync(path.join(FOLDER, name))
  const { Records: expected } = JSON.parse(bytes.toString()) as { Records: Record<string, unknown>[] }
  for (const [input, compress] of [
    [bytes, 'none'],
    [gzipSync(bytes), ''],
  ] as const) {
    const params = { rootPath: 'Records', maxDepth: 0, compress }
    const { records, columns, problems } = await readJson(input, params, {}, [1_000])
    expect(problems).toEqual([])
    expect(records.map(({ text }) => JSON.parse(text))).toEqual(expected)
    expect(new Set(columns)).toEqual(new Set(expected.flatMap((record) => Object.keys(record))))
    for (const [index, record] of expected.entries()) {
      for (const [place, column] of columns.entries()) {
        const cell = records[index]?.cells[place]
        const value = record[column]
        if (value === undefined || value === null || typeof value === 'string') expect(cell).toBe(value)
        else expect(JSON.parse(cell ?? '')).toEqual(value)
      }
    }
  }
})

it('is what the logs are detected as, together and each by itself', () => {
  const texts = FILES.map((name) => ({
    path: `/${name}`,
    text: readFileSync(path.join(FOLDER, name), 'utf8'),
    whole: true,
    looksLike: null,
  }))
  expect(texts.length).toBeGreaterThanOrEqual(12)
  for (const some of [texts, ...texts.map((text) => [text])])
    expect(detectFormat(some)[0]).toMatchObject({
      layout: 'CloudTrail',
      format: { type: 'json', params: { rootPath: 'Records' } },
    })
})

it('makes columns of the objects in CloudTrail records', async () => {
  const bytes = readFileSync(path.join(FOLDER, FILES[0] ?? ''))
  const { columns } = await readJson(bytes, { rootPath: 'Records' }, {}, [4_096])
  expect(columns).toEqual(
    expect.arrayContaining([
      'eventTime',
      'eventName',
      'userIdentity.arn',
      'userIdentity.type',
      'sourceIPAddress',
    ]),
  )
})
