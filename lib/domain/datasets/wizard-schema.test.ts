import { describe, expect, it } from 'vitest'
import { newDefinition, type SchemaColumn } from './definition'
import { columnsNotFound, schemaProblems } from './schema-problems'
import { newWizard, reduceWizard, type WizardStep } from './wizard'
import { problemsOf } from './wizard-problems'

const named = (...names: string[]): SchemaColumn[] => names.map((name) => ({ name, type: 'string' }))

function after(...steps: WizardStep[]) {
  const begin = { step: 'set-columns', columns: named('a', 'b', 'c') } as const
  return [begin, ...steps].reduce(reduceWizard, newWizard())
}
const namesAfter = (...steps: WizardStep[]) =>
  after(...steps).definition.schema.columns.map(({ name, source }) => (source ? `${name}<${source}` : name))

describe('the steps of a schema', () => {
  it.each([
    [{ step: 'drop-column', index: 1 }, ['a', 'c']],
    [{ step: 'drop-column', index: 9 }, ['a', 'b', 'c']],
    [{ step: 'move-column', index: 0, to: 1 }, ['b', 'a', 'c']],
    [{ step: 'move-column', index: 0, to: 99 }, ['b', 'c', 'a']],
    [{ step: 'move-column', index: 2, to: -1 }, ['c', 'a', 'b']],
    [{ step: 'move-column', index: 9, to: 0 }, ['a', 'b', 'c']],
    [{ step: 'add-columns', columns: named('d', 'a') }, ['a', 'b', 'c', 'd', 'a_2<a']],
    [{ step: 'set-column', index: 1, column: { name: '__proto__', type: 'int' } }, ['a', '__proto__', 'c']],
  ] as const)('%j', (step, expected) => {
    expect(namesAfter(step)).toEqual(expected)
  })

  it('make the schema a person’s own, which no longer follows the files', () => {
    const state = after({ step: 'drop-column', index: 0 })
    expect(state.touched).toContain('schema')
    expect(state.definition.schema.userModified).toBe(true)
    expect(reduceWizard(state, { step: 'set-found-columns', columns: named('x') })).toBe(state)
  })
})

describe('the problems of a schema', () => {
  const reasons = (columns: SchemaColumn[]) =>
    schemaProblems({ schema: { columns, userModified: true } }).map(({ reason, field }) => [reason, field])

  it('name what is empty, over long, or there twice', () => {
    expect(reasons(named('a', ' ', 'a', 'x'.repeat(1_000), 'x'.repeat(1_001)))).toEqual([
      ['column-name-missing', 'Name of column 2'],
      ['column-name-twice', 'Name of column 3'],
      ['column-name-too-long', 'Name of column 5'],
    ])
  })

  it('are none where one column of the files is held twice, by any name', () => {
    const columns = [...named('__proto__', 'constructor'), { name: 'b', type: 'int', source: '__proto__' }]
    expect(reasons(columns)).toEqual([])
  })

  it('warn of a type that is not known and of having no column', () => {
    expect(reasons([{ name: 'a', type: 'decimal' }])).toEqual([['column-type-unknown', 'Storage type of a']])
    expect(reasons([])).toEqual([['no-columns', 'Check consistency']])
    expect(schemaProblems(newDefinition())).toEqual([])
  })

  it('warn of columns that the files do not have, by their names there', () => {
    const columns = [{ name: 'who', source: 'user', type: 'string' }, ...named('b', 'c', 'd', 'e')]
    const schema = { columns, userModified: true }
    expect(columnsNotFound({ schema }, [{ name: 'user' }])).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('has the columns b, c, d and 1 other.') },
    ])
    expect(columnsNotFound({ schema }, undefined)).toEqual([])
    const state = { ...newWizard(), definition: { ...newDefinition(), schema } }
    expect(problemsOf(state, undefined, [{ name: 'user' }]).at(-1)?.reason).toBe('columns-not-found')
  })
})
