import { afterEach, expect, test, vi } from 'vitest'
import type { FieldTags } from '#lib/domain/field-tags'
import { moveClock } from './clock'
import { withOwnSaves } from './own-saves'

afterEach(() => {
  vi.useRealTimers()
  moveClock(0)
})

const READ: FieldTags = { description: 'd0', tags: 't0' }
const act = () => ({ caller: { keyId: 'k' }, startedAt: new Date() })

/** Saves a text over what stands, and tells which of the fields that stand it may change. */
const save = (thing: string, standing: FieldTags, sent: FieldTags, id = 'first') =>
  withOwnSaves(act(), thing, { id, tags: READ }, async (own) => {
    const isKnown = own.knownTo(sent)
    const known = Object.keys(sent).filter((field) => isKnown(field, standing[field]))
    own.note(standing, sent)
    return known
  })
const refused = (thing: string, tags: FieldTags) =>
  withOwnSaves(act(), thing, { id: 'first', tags }, () => Promise.reject(new Error('refused'))).catch(
    () => undefined,
  )

test('who saved a field may change it again, and change others', async () => {
  const once = { ...READ, description: 'd1' }
  expect(await save('a', READ, once)).toEqual([])
  expect(await save('a', once, { ...READ, description: 'd2' })).toEqual(['description'])
  expect(await save('a', { ...READ, description: 'd2' }, { description: 'd2', tags: 't1' })).toEqual([
    'description',
  ])
})

test('a text that holds nothing of what was saved is of another writer', async () => {
  const once = { ...READ, description: 'd1' }
  await save('b', READ, once)
  expect(await save('b', once, { ...READ, tags: 't1' })).toEqual([])
  await save('c', READ, { description: 'd1', tags: 't1' })
  // Of two fields it brings one back as it was read, and knows nothing of the other.
  expect(await save('c', { description: 'd1', tags: 't1' }, { ...READ, tags: 't2' })).toEqual([])
})

test('who has read for themselves is another writer, whatever they send', async () => {
  const once = { ...READ, description: 'd1' }
  await save('d', READ, once)
  for (const sent of [{ ...READ, description: 'd2' }, READ, { ...once, tags: 't1' }])
    expect(await save('d', once, sent, 'second')).toEqual([])
  expect(await save('d', once, { ...READ, description: 'd2' })).toEqual(['description'])
})

test('who saved a field may take it back, and that alone', async () => {
  const twice = { description: 'd1', tags: 't1' }
  await save('e', READ, twice)
  expect(await save('e', twice, READ)).toEqual(['description', 'tags'])
})

test('it is forgotten after a day', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const [once, twice] = [
    { ...READ, description: 'd1' },
    { ...READ, description: 'd2' },
  ]
  await save('old', READ, once)
  vi.advanceTimersByTime(23 * 3_600_000)
  expect(await save('old', once, twice)).toEqual(['description'])
  vi.advanceTimersByTime(25 * 3_600_000)
  expect(await save('old', twice, once)).toEqual([])
})

test('refused saves leave nothing, whatever marks they send', async () => {
  const once = { ...READ, description: 'd1' }
  await save('kept', READ, once)
  for (let n = 0; n < 1_100; n++) await refused(`thing ${n}`, { [`field ${n}`]: 'x' })
  expect(await save('kept', once, { ...READ, description: 'd2' })).toEqual(['description'])
})

test('long marks that clients make up are not held, nor saves of very many fields', async () => {
  const fields = Array.from({ length: 300 }, (_, index) => [`field ${index}`, 'x'])
  const many: FieldTags = Object.fromEntries(fields)
  await save('many', READ, { ...READ, ...many })
  expect(await save('many', { ...READ, ...many }, { ...READ, ...many, tags: 't1' })).toEqual([])
})

test('a clock that is set back between two saves makes no other writer of them', async () => {
  const once = { ...READ, description: 'd1' }
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  await save('clock', READ, once)
  vi.setSystemTime(Date.now() - 3_600_000)
  expect(await save('clock', once, { ...READ, description: 'd2' })).toEqual(['description'])
})

test('saves that overlap are of several writers, and so is each that comes late', async () => {
  const once = { ...READ, description: 'd1' }
  await Promise.all([save('both', READ, once), save('both', READ, { ...READ, description: 'd2' })])
  expect(await save('both', once, { ...READ, description: 'd3' })).toEqual([])
})
