import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { auditPreset, newDefinition } from './definition'
import { fromDssDataset, toDssDataset } from './dss-json'

const facts = { projectKey: 'AUDIT', name: 'instance_audit_logs' }
const definition = { ...newDefinition(), ...auditPreset('dku-audit-log') }

describe('the JSON of DSS', () => {
  it('gives the audit dataset as a client of DSS reads it', () => {
    const { name: _, ...settings } = definition
    expect(toDssDataset(settings, facts)).toMatchObject({
      projectKey: 'AUDIT',
      name: 'instance_audit_logs',
      type: 'S3',
      managed: false,
      tags: [],
      params: { connection: 'dku-audit-log', bucket: null, path: '/audit-logs/' },
      formatType: 'line',
      formatParams: { charset: 'utf8', compress: '' },
      partitioning: { filePathPattern: '/%{node_type}/%Y/%M/%D/.*' },
      schema: { columns: [{ name: 'line', type: 'string' }], userModified: false },
    })
  })

  it('reads what create_dataset sends', () => {
    const sent = { name: 'raw', projectKey: 'P', type: 'S3', params: { connection: 'lake', path: '/raw' } }
    const read = fromDssDataset({ ...sent, formatType: null, formatParams: {} })
    expect(read).toMatchObject({
      ok: true,
      value: {
        name: 'raw',
        version: null,
        definition: {
          params: { connection: 'lake', bucket: null, path: '/raw' },
          formatType: 'line',
          schema: { columns: [{ name: 'line', type: 'string' }] },
        },
      },
    })
  })

  it('names the field of a mistake', () => {
    const broken = { ...definition, schema: { columns: [{ name: 'a', type: 5 }] } }
    expect(fromDssDataset(broken)).toMatchObject({
      ok: false,
      issues: [{ path: ['schema', 'columns', 0, 'type'] }],
    })
    expect(fromDssDataset({ ...definition, type: 'HDFS' })).toMatchObject({
      ok: false,
      issues: [{ path: ['type'] }],
    })
    for (const json of [null, 5, 'x', [], {}]) expect(fromDssDataset(json).ok).toBe(false)
  })

  it('keeps format, path and schema of a dataset that stands where they are left out', () => {
    const { name: _, ...standing } = { ...definition, formatType: 'csv', formatParams: { separator: ';' } }
    const params = { connection: 'other', path: null }
    for (const sent of [{ params }, { params, formatType: null }])
      expect(fromDssDataset(sent, standing)).toMatchObject({
        ok: true,
        value: {
          definition: {
            params: { connection: 'other', path: '/audit-logs/' },
            formatType: 'csv',
            formatParams: { separator: ';' },
            schema: standing.schema,
          },
        },
      })
    expect(fromDssDataset({ params, formatType: 'json' }, standing)).toMatchObject({
      value: { definition: { formatParams: {} } },
    })
    expect(fromDssDataset({ params, schema: {} }, standing)).toMatchObject({
      issues: [{ path: ['schema', 'columns'] }],
    })
  })

  it('keeps files, partitions and the rest of what it knows where they are left out', () => {
    const rules = { mode: 'EXPLICIT_SELECT_FILES' as const, explicitFiles: ['/a'] }
    const { name: _, ...base } = definition
    const standing = {
      ...base,
      params: {
        ...base.params,
        bucket: 'own',
        notReadyIfEmpty: true,
        filesSelectionRules: { ...base.params.filesSelectionRules, ...rules },
      },
      unreadableFiles: 'warn' as const,
    }
    const { connection } = standing.params
    for (const sent of [
      { params: { connection } },
      { params: { connection, notReadyIfEmpty: null }, unreadableFiles: null },
    ])
      expect(fromDssDataset(sent, standing)).toMatchObject({ value: { definition: standing } })
    for (const [sent, path] of [
      [{ params: { connection }, partitioning: null }, ['partitioning']],
      [{ params: { connection, filesSelectionRules: null } }, ['params', 'filesSelectionRules']],
      [{ params: { connection }, schema: null }, ['schema']],
      [{ params: { connection }, formatParams: null }, ['formatParams']],
      [{ params: { connection }, partitioning: { note: 1 } }, ['partitioning', 'dimensions']],
      [{ params: { connection, filesSelectionRules: {} } }, ['params', 'filesSelectionRules', 'mode']],
    ])
      expect(fromDssDataset(sent, standing)).toMatchObject({ issues: [{ path }] })
    expect(fromDssDataset({ params: { connection, bucket: null } }, standing)).toMatchObject({
      value: { definition: { params: { bucket: null } } },
    })
    expect(fromDssDataset({ params: { connection: 'other' } }, standing)).toMatchObject({
      value: { definition: { params: { bucket: null } } },
    })
  })

  it('says whose it is whatever a definition holds, and always gives a list of tags', () => {
    const { name: _, ...settings } = definition
    for (const tags of [null, 'x', 5, {}])
      expect(
        toDssDataset({ ...settings, ...{ name: 'EVIL', projectKey: 'OTHER', managed: true, tags } }, facts),
      ).toMatchObject({ ...facts, managed: false, tags: [] })
  })

  it('gives back what it does not know', () => {
    const unknown = { ...definition, tags: ['a'], customMeta: { kv: {} }, metrics: { probes: [1] } }
    const read = fromDssDataset(toDssDataset(unknown, facts))
    if (!read.ok) throw new Error('not read')
    expect(toDssDataset(read.value.definition, facts)).toMatchObject(unknown)
  })

  it('reads what it has written', () => {
    const extras = fc.dictionary(
      fc.string().filter((key) => !(key in definition) && !/^(name|projectKey|managed|\w+Tag)$/.test(key)),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(
        extras,
        fc.string(),
        fc.array(fc.record({ name: fc.string(), type: fc.string() })),
        (extra, path, columns) => {
          const { name: _, ...settings } = definition
          const before = {
            ...extra,
            ...settings,
            params: { ...settings.params, path },
            schema: { columns, userModified: true },
          }
          const read = fromDssDataset(JSON.parse(JSON.stringify(toDssDataset(before, facts))))
          expect(read.ok && read.value).toEqual({
            name: facts.name,
            stated: { ...facts, managed: false },
            version: null,
            tag: null,
            definition: JSON.parse(JSON.stringify(before)),
          })
        },
      ),
      propertyRuns(),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        fromDssDataset(json)
        fromDssDataset({ ...definition, params: json, schema: json })
      }),
      propertyRuns(),
    )
  })
})
