import { expect, test } from 'vitest'
import type { FormatSettings } from '../formats/catalogue'
import { FORMAT_KINDS } from '../formats/catalogue'
import { findProblems } from './problems'
import { formatKey, newWizard, reduceWizard, type WizardState, type WizardStep } from './wizard'
import { firstParams, isReadAs, isReadAsTold } from './wizard-format'
import { followingProblems } from './wizard-problems'

const run = (state: WizardState, ...steps: WizardStep[]) => steps.reduce(reduceWizard, state)
const begun = newWizard()
const SEMICOLONS: FormatSettings = {
  type: 'csv',
  params: {
    ...(firstParams('csv', {}) as Extract<FormatSettings, { type: 'csv' }>['params']),
    separator: ';',
  },
}

test.each(FORMAT_KINDS)('$type begins with settings that lack nothing but an expression', ({ type }) => {
  const formatType: string = type
  const definition = { ...begun.definition, formatType, formatParams: firstParams(formatType, {}) }
  const fields = findProblems('a', definition).flatMap(({ tab, field }) => (tab === 'format' ? [field] : []))
  expect(fields).toEqual(formatType === 'regexp' ? ['Regular expression'] : [])
})

test('another type keeps charset and compression, and nothing else', () => {
  const state = run(
    begun,
    { step: 'set-format-params', params: { charset: 'utf-16le', compress: 'zip', maxLineChars: 7 } },
    { step: 'set-format-type', type: 'json' },
  )
  expect(state.definition.formatParams).toEqual({
    charset: 'utf-16le',
    compress: 'zip',
    maxDepth: 1,
    rootPath: '',
  })
  const anyway = run(state, { step: 'set-format-params', params: { binaryAsText: true } })
  expect(run(anyway, { step: 'set-format-type', type: 'csv' }).definition.formatParams.binaryAsText).toBe(
    true,
  )
  const binary = run(anyway, { step: 'set-format-type', type: 'parquet' })
  expect(binary.definition.formatParams).toEqual({})
  expect(run(binary, { step: 'set-format-type', type: 'line' }).definition.formatParams.charset).toBe('utf8')
})

test('what is detected is taken as long as nobody has chosen a format, and marks nothing', () => {
  const taken = run(begun, { step: 'take-detected', format: SEMICOLONS })
  expect(taken.definition).toMatchObject({ formatType: 'csv', formatParams: { separator: ';' } })
  expect(taken.touched).toEqual([])
  // Its columns come as those of any other settings: by reading files.
  expect(taken.definition.schema).toBe(begun.definition.schema)
  const chosen = run(begun, { step: 'set-format-params', params: { charset: 'utf8' } })
  expect(run(chosen, { step: 'take-detected', format: SEMICOLONS })).toBe(chosen)
  expect(run(chosen, { step: 'set-format', format: SEMICOLONS })).toMatchObject({
    definition: { formatType: 'csv' },
    touched: ['format'],
  })
})

test('taking what is set already changes nothing', () => {
  const taken = run(begun, { step: 'take-detected', format: SEMICOLONS })
  expect(run(taken, { step: 'take-detected', format: SEMICOLONS })).toBe(taken)
  const line: FormatSettings = {
    type: 'line',
    params: { charset: 'utf8', compress: '', maxLineChars: 500_000_000, expandJson: false, expandDepth: 2 },
  }
  expect(run(begun, { step: 'take-detected', format: line })).toBe(begun)
  expect(isReadAs(begun.definition, { ...line, params: { ...line.params, expandJson: true } })).toBe(false)
})

test('the columns follow the files until someone touches the schema', () => {
  const columns = [
    { name: 'a', type: 'string' },
    { name: 'b', type: 'string' },
  ]
  const found = run(begun, { step: 'set-found-columns', columns })
  expect(found.definition.schema).toEqual({ columns, userModified: false })
  expect(found.touched).toEqual([])
  expect(run(found, { step: 'set-found-columns', columns })).toBe(found)
  const named = run(found, {
    step: 'set-column',
    index: 0,
    column: { name: 'x', source: 'a', type: 'string' },
  })
  expect(run(named, { step: 'set-found-columns', columns: [] })).toBe(named)
})

test('columns of other settings are named until a file could be read by these', () => {
  const reasons = (state: WizardState, found: readonly { name: string }[] | null | undefined) =>
    followingProblems(state, found).map(({ reason }) => reason)
  const columns = [{ name: 'a', type: 'string' }]
  const read = run(begun, { step: 'set-found-columns', columns })
  expect(reasons(read, null)).toEqual([])
  const chosen = run(read, { step: 'set-format-type', type: 'json' })
  expect(reasons(chosen, undefined)).toEqual([])
  expect(followingProblems(chosen, null)).toMatchObject([
    {
      tab: 'schema',
      severity: 'warning',
      message:
        'These columns were read by other settings of the format. No column could be read as JSON as it is set now; they follow as soon as a preview can be read.',
    },
  ])
  // A draft that comes back from the server has its settings in another order.
  const { formatParams } = chosen.definition
  const params = Object.fromEntries(Object.entries(formatParams).reverse())
  const reopened = { ...chosen, definition: { ...chosen.definition, formatParams: params } }
  expect(reasons(reopened, null)).toEqual(['columns-of-other-settings'])
  const followed = run(reopened, { step: 'set-found-columns', columns: [{ name: 'b', type: 'string' }] })
  expect(followed.definition.schema.columns).toEqual([{ name: 'b', type: 'string' }])
  expect(reasons(followed, null)).toEqual([])
  // The same columns by other settings are those of the settings as well.
  const same = run(run(followed, { step: 'set-format-params', params: { maxDepth: 2 } }), {
    step: 'set-found-columns',
    columns: [{ name: 'b', type: 'string' }],
  })
  expect(reasons(same, null)).toEqual([])
  const own = run(chosen, { step: 'set-column', index: 0, column: { name: 'x', type: 'string' } })
  expect(reasons(own, null)).toEqual([])
})

test('what cannot be a name is found another, once for each; a file without columns changes nothing', () => {
  const long = 'x'.repeat(1_001)
  const columns = ['__proto__', '', 'a', 'a', ' ', long, 'column'].map((name) => ({ name, type: 'string' }))
  const state = run(begun, { step: 'set-found-columns', columns })
  expect(state.definition.schema.columns).toEqual([
    { name: '__proto__', type: 'string' },
    { name: 'column_2', type: 'string', source: '' },
    { name: 'a', type: 'string' },
    { name: 'column_3', type: 'string', source: ' ' },
    { name: 'x'.repeat(992), type: 'string', source: long },
    { name: 'column', type: 'string' },
  ])
  expect(run(state, { step: 'set-found-columns', columns })).toBe(state)
  expect(run(state, { step: 'set-found-columns', columns: [] })).toBe(state)
})

test('columns that were read by other settings than those taken over meanwhile change nothing', () => {
  const readBy = formatKey(begun.definition)
  const taken = run(begun, { step: 'take-detected', format: SEMICOLONS })
  const late = run(taken, { step: 'set-found-columns', columns: [{ name: 'line', type: 'string' }], readBy })
  expect(late).toBe(taken)
})

test('what no file tells is a choice of its own', () => {
  const line: FormatSettings = {
    type: 'line',
    params: { charset: 'utf8', compress: '', maxLineChars: 500_000_000, expandJson: false, expandDepth: 2 },
  }
  const expanded = { ...begun.definition, formatParams: { ...line.params, expandJson: true, expandDepth: 3 } }
  expect(isReadAsTold(expanded, line)).toBe(true)
  expect(isReadAsTold(expanded, { ...line, params: { ...line.params, charset: 'latin1' } })).toBe(false)
  expect(isReadAsTold({ ...expanded, formatType: 'json' }, line)).toBe(false)
})
