import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditPreset, newDefinition } from '#lib/domain/datasets/definition'
import { toDssDataset } from '#lib/domain/datasets/dss-json'
import { WIZARD_TABS } from '#lib/domain/datasets/problem'
import { readSharedSettings } from '#lib/domain/datasets/shared-settings'
import { newWizard, type WizardState } from '#lib/domain/datasets/wizard'
import { parseExactJson } from '#lib/domain/exact-json'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { printDataset } from './export-dataset'
import { readImport } from './read-import'
import { MOST_LINK_BYTES, readSettingsLink, writeSettingsLink } from './settings-link'

const { name, ...preset } = auditPreset('dku-audit-log')
const definition = { ...newDefinition(), ...preset, checklists: { lists: ['é😀'] } }
const ORIGIN = 'http://localhost:1'

const touched: WizardState['touched'] = ['files', 'partitioning']

async function send(state: { name: string; definition: typeof definition }) {
  const link = await writeSettingsLink(ORIGIN, 'DEMO', { ...state, touched })
  return link === null ? null : { link, read: await readSettingsLink(new URL(link).hash) }
}

describe('a link with settings', () => {
  it('opens what it was made of, with the tabs that somebody set', async () => {
    const sent = await send({ name, definition })
    expect(sent?.link).toMatch(
      /^http:\/\/localhost:1\/projects\/DEMO\/datasets\/new#settings=[A-Za-z0-9_-]+$/,
    )
    expect(sent?.read).toEqual({
      ok: true,
      value: {
        name,
        definition,
        partitioningActive: true,
        touched,
      },
    })
  })

  it('that does not tell which tabs were set takes all for such', () => {
    const read = readSharedSettings(JSON.stringify({ version: 1, name, definition }))
    expect(read).toMatchObject({ ok: true, value: { touched: WIZARD_TABS } })
  })

  it('is not made where it would be longer than 16 KB', async () => {
    // Digits of a sequence that does not compress well.
    const noise = Array.from({ length: 16_000 }, (_, n) => ((n * 2_654_435_761) >>> 7).toString(36)).join('')
    const long = (length: number) => ({
      name,
      definition: { ...definition, noise: noise.slice(0, length) },
    })
    expect(await send(long(60_000))).toBeNull()
    const lengths: number[] = []
    for (const length of [5_000, 10_000, 15_000]) {
      const sent = await send(long(length))
      if (sent) lengths.push(sent.link.length)
    }
    expect(lengths.length).toBeGreaterThan(0)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MOST_LINK_BYTES)
  })

  it('is refused where it is cut, changed, or unpacks to too much', async () => {
    const hash = new URL((await send({ name, definition }))?.link ?? '').hash
    const bomb = await writeSettingsLink(ORIGIN, 'DEMO', {
      name,
      definition: { ...definition, x: 'x'.repeat(5_000_000) } as typeof definition,
      touched,
    })
    for (const bad of [
      hash.slice(0, 40),
      `${hash}!`,
      '#settings=',
      '#settings=%%%',
      new URL(bomb ?? '').hash,
    ])
      expect(await readSettingsLink(bad)).toMatchObject({ ok: false })
    expect(await readSettingsLink('')).toBeNull()
    expect(await readSettingsLink('#tab')).toBeNull()
  })

  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (text) => {
        const read = await readSettingsLink(`#settings=${text}`)
        expect(read?.ok).toBe(false)
      }),
      propertyRuns(200, 5_000),
    )
  })
})

describe('an import', () => {
  const now = newWizard()
  it('says what it changes and what is wrong, and keeps what it does not know', () => {
    const json = toDssDataset({ ...definition, formatType: 'avro' }, { projectKey: 'X', name })
    const read = readImport(JSON.stringify(json), now)
    if (!read.ok) throw new Error('not read')
    const { changes, problems, state } = read.value
    const of = (setting: string) => changes.find((one) => one.setting === setting)
    expect(of('name')).toEqual({ setting: 'name', from: '', to: 'instance_audit_logs' })
    expect(of('params.path')).toEqual({ setting: 'params.path', from: '/', to: '/audit-logs/' })
    expect(of('checklists.lists')).toEqual({ setting: 'checklists.lists', from: null, to: '["é😀"]' })
    expect(of('schema.columns')).toBeUndefined()
    expect(problems).toMatchObject([{ tab: 'format', field: 'Type', severity: 'error' }])
    expect(state.definition).toMatchObject({ formatType: 'avro', checklists: { lists: ['é😀'] } })
  })

  it('changes nothing when it is what stands already', () => {
    const read = readImport(JSON.stringify(toDssDataset(now.definition, { projectKey: 'X', name: '' })), now)
    expect(read.ok && read.value.changes).toEqual([])
  })

  it('names the field of a mistake', () => {
    for (const [text, message] of [
      ['{', 'This is not JSON'],
      ['{"params":{"connection":5,"path":"/"}}', 'params.connection'],
      ['{"type":"HDFS","params":{}}', 'type'],
    ] as const) {
      const read = readImport(text, now)
      expect(read.ok ? '' : read.issues.map((one) => one.message).join()).toContain(message)
    }
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        readImport(text, now)
      }),
      propertyRuns(300, 10_000),
    )
  })
})

it('an export holds numbers and keys as they came, and comes back by import or by any other program', () => {
  const kept = '{"big":12345678901234567890,"rate":1.0,"far":1e400,"__proto__":{"a":1}}'
  const text = printDataset('DEMO', name, { ...definition, kept: parseExactJson(kept) })
  expect(JSON.stringify(JSON.parse(text).kept)).toContain('12345678901234567000')
  expect(text).not.toContain('\\ue000')
  expect(text.replace(/\s/g, '')).toContain(kept)
  const read = readImport(text, newWizard())
  expect(read.ok && read.value.state.definition.kept).toEqual(parseExactJson(kept))
})
