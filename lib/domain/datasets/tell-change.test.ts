import { expect, test } from 'vitest'
import { newDefinition } from './definition'
import { tellChange, tellDefinition } from './tell-change'

const definition = newDefinition()

test('a change is told by the settings that differ, on both sides', () => {
  const after = { ...definition, formatType: 'json', notes: 'new' }
  expect(tellChange(definition, after)).toEqual([
    { formatType: 'line' },
    { formatType: 'json', notes: 'new' },
  ])
  expect(tellChange(definition, definition)).toEqual([{}, {}])
})

test('a key is its own, whatever every object has', () => {
  const keys = { constructor: 1, toString: { a: 1 }, hasOwnProperty: null } as Record<string, unknown>
  const odd = { ...definition, ...keys }
  expect(tellChange(definition, odd)).toEqual([{}, keys])
  expect(tellChange(odd, definition)).toEqual([keys, {}])
  expect(Object.keys(tellDefinition(definition))).not.toContain('constructor')
})

test('long settings are told by their length', () => {
  const columns = Array.from({ length: 5_000 }, (_, index) => ({ name: `c${index}`, type: 'string' }))
  const wide = { ...definition, schema: { columns, userModified: true } }
  expect(tellDefinition(wide)).toMatchObject({
    formatType: 'line',
    schema: expect.stringMatching(/^\d+ characters of JSON$/),
  })
  expect(JSON.stringify(tellChange(definition, wide)).length).toBeLessThan(1_000)
})
