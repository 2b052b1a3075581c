import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import type { SchemaColumn } from './definition'
import { applyDiff, diffFound, diffTypes, isSameSchema, renameColumn, sourceOf } from './schema-diff'

const name = fc.constantFrom('a', 'b', 'c', 'd', 'a_2', 'column', '', '__proto__', 'constructor')
const type = fc.constantFrom('string', 'int', 'bigint')
const columns: fc.Arbitrary<SchemaColumn[]> = fc.array(
  fc.record({ name, type, source: name, comment: fc.string() }, { requiredKeys: ['name', 'type'] }),
  { maxLength: 6 },
)
const found = fc.array(fc.record({ name, type }), { maxLength: 6 })

describe('the diff of a schema', () => {
  it('tells what files have, lack and declare, and keeps what a person set', () => {
    const schema: SchemaColumn[] = [
      { name: 'who', source: 'user', type: 'string', comment: 'kept' },
      { name: 'took', type: 'string' },
      { name: 'gone', type: 'string' },
      { name: 'at', type: 'date' },
    ]
    const files = [
      { name: 'at', type: 'string' },
      { name: 'took', type: 'bigint' },
      { name: 'user', type: 'string' },
      { name: 'who', type: 'string' },
    ]
    const diff = diffFound(schema, files)
    expect(diff).toEqual({
      added: [{ name: 'who_2', type: 'string', source: 'who' }],
      removed: [2],
      retyped: [{ index: 1, from: 'string', to: 'bigint' }],
    })
    expect(applyDiff(schema, diff)).toEqual([
      schema[0],
      { name: 'took', type: 'bigint' },
      schema[3],
      { name: 'who_2', type: 'string', source: 'who' },
    ])
  })

  it('applied to the old gives the columns of the files, and then there is none', () => {
    fc.assert(
      fc.property(columns, found, (before, files) => {
        const after = applyDiff(before, diffFound(before, files))
        expect(new Set(after.map(sourceOf))).toEqual(new Set(files.map((one) => one.name)))
        expect(isSameSchema(diffFound(after, files))).toBe(true)
        const kept = before.filter((column) => files.some((one) => one.name === sourceOf(column)))
        expect(after.slice(0, kept.length).map(({ type: _, ...rest }) => rest)).toEqual(
          kept.map(({ type: _, ...rest }) => rest),
        )
      }),
      propertyRuns(),
    )
  })

  it('names no added column as another is', () => {
    fc.assert(
      fc.property(columns, found, (before, files) => {
        const { added } = diffFound(before, files)
        const names = [...new Set(before.map(({ name }) => name)), ...added.map(({ name }) => name)]
        expect(new Set(names).size).toBe(names.length)
      }),
      propertyRuns(),
    )
  })

  it('of types changes types alone', () => {
    fc.assert(
      fc.property(columns, found, (before, inferred) => {
        const after = applyDiff(before, diffTypes(before, inferred))
        const types = new Map<string, string>(inferred.map((one) => [one.name, one.type]))
        expect(after).toEqual(
          before.map((column) => ({ ...column, type: types.get(sourceOf(column)) ?? column.type })),
        )
      }),
      propertyRuns(),
    )
  })

  it('renames and names back, always of the same column in the files', () => {
    fc.assert(
      fc.property(columns, fc.array(name), (before, names) => {
        for (const column of before) {
          let renamed = column
          for (const one of names) renamed = renameColumn(renamed, one)
          expect(sourceOf(renamed)).toBe(sourceOf(column))
          expect(renameColumn(renamed, sourceOf(column))).not.toHaveProperty('source')
        }
      }),
      propertyRuns(),
    )
  })
})
