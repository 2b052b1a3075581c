import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { meansWhole, parsePartitionId } from '#lib/domain/partitioning/partition-id'
import { AUDIT_DIMENSIONS, anyValue } from '#lib/domain/partitioning/partitioning.arbitraries'
import { periodsBetween } from '#lib/domain/partitioning/periods'
import { formatIdAsSpecification } from '#lib/domain/partitioning/range/range-format'
import { parseRangeSpecification } from '#lib/domain/partitioning/range/range-parser'
import { namedIdOf } from '#lib/domain/partitioning/range/range-resolve'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { readWantedPartitions } from './wanted-partitions'

const NOW = Date.parse('2026-11-22T14:05:00Z')
const ONE: Dimension[] = [{ name: 'a', type: 'value' }]

async function choose(
  texts: readonly string[],
  ids: readonly string[],
  { dimensions = AUDIT_DIMENSIONS, missingIsEmpty = false } = {},
): Promise<string[]> {
  const wanted = await readWantedPartitions(texts, dimensions)
  if (wanted === 'all') return [...ids]
  const existing = new Set(ids)
  const chosen = await wanted.choose({ existing, now: NOW, missingIsEmpty })
  return ids.filter((id) => chosen.has(id))
}

/** The longest that the event loop was held while work went on, in milliseconds of this thread's own time. */
async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let [longest, isOver] = [0, false]
  let since = process.threadCpuUsage()
  const goRound = () => {
    const { user, system } = process.threadCpuUsage(since)
    longest = Math.max(longest, (user + system) / 1000)
    since = process.threadCpuUsage()
    if (!isOver) setImmediate(goRound)
  }
  setImmediate(goRound)
  await work()
  await new Promise(setImmediate)
  isOver = true
  return longest
}

test.each([
  ['\\*|2026-11-22', '*|2026-11-22'],
  ['x\\,y|2026-11-22', 'x,y|2026-11-22'],
  ['x,y|2026-11-22', 'x,y|2026-11-22'],
  ['\\LATEST(1)|2026-11-22', 'LATEST(1)|2026-11-22'],
  ['\\ lead|2026-11-22', ' lead|2026-11-22'],
  [' lead|2026-11-22', ' lead|2026-11-22'],
  ['a\\\\b|2026-11-22', 'a\\b|2026-11-22'],
  ['a\\b|2026-11-22', 'a\\b|2026-11-22'],
  ['\\d\\e|2026-11-22', 'de|2026-11-22'],
])('%s is the partition %s', async (text, id) => {
  const existing = ['*', 'x,y', 'LATEST(1)', ' lead', 'a\\b', 'ab', 'de', 'y'].map((v) => `${v}|2026-11-22`)
  expect(await choose([text], existing)).toEqual([id])
})

test('an id of letters, digits and dashes alone names itself in a range specification, so that it is not read as one', () => {
  const value = fc.stringMatching(/^[\w.:-]+$/)
  const day = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  const id = fc.tuple(value, day).map(([first, at]) => `${first}|${at.toISOString().slice(0, 10)}`)
  const words = ['LATEST', 'CURRENT_DAY', 'now', '-7d', '2026-11-22', 'ALL', 'NP'].map(
    (word) => `${word}|2026-11-22`,
  )
  const texts = fc.oneof(id, fc.constantFrom(...words))
  const sayItself = (text: string, dimensions: readonly Dimension[]) => {
    const read = parseRangeSpecification(text, dimensions)
    const [item] = read.ok ? read.value.items : []
    expect(item && namedIdOf(item, dimensions)).toBe(text)
  }
  fc.assert(
    fc.property(texts, (text) => {
      sayItself(text, AUDIT_DIMENSIONS)
      const [first = ''] = text.split('|')
      if (!meansWhole(first)) sayItself(first, ONE)
    }),
    propertyRuns(),
  )
})

test.each(['ALL', 'NP'])('%s is the whole dataset, as an id as well', async (text) => {
  const ids = ['a', 'b']
  for (const asked of [[text], { ids: [text] }, ['a', text]]) {
    const wanted = await readWantedPartitions(asked, ONE)
    if (wanted === 'all') throw new Error('not looked for')
    expect(wanted.bind(NOW)).toBe('all')
    const chosen = await wanted.choose({ existing: new Set(ids), now: NOW, missingIsEmpty: false })
    expect([...chosen]).toEqual(ids)
  }
  expect(await readWantedPartitions([text], [])).toBe('all')
})

test('any id, written as a specification, is that partition among others', async () => {
  const values = fc.uniqueArray(anyValue, { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(values, fc.nat(), fc.boolean(), async (all, pick, isDated) => {
      const ids = all
        .map((value) => (isDated ? `${value}|2026-11-22` : value))
        .filter((id) => parsePartitionId(id, isDated ? AUDIT_DIMENSIONS : ONE).ok)
      const id = ids[pick % ids.length]
      if (id === undefined) return
      const dimensions = isDated ? AUDIT_DIMENSIONS : ONE
      const text = formatIdAsSpecification(id, dimensions)
      // One that is an id as it stands is that id.
      const others = ids.filter((other) => other === id || other !== text)
      expect(await choose([text], others, { dimensions })).toEqual([id])
    }),
    propertyRuns(300),
  )
})

describe('whatever is asked for', () => {
  const days = [...periodsBetween('2026-08-01', '2026-11-08', 'DAY')]
  const existing = days.flatMap((day) => Array.from({ length: 1_000 }, (_, n) => `n${n}|${day}`))

  test.each<[string, string[]]>([
    ['ranges of all days', Array.from({ length: 1_000 }, (_, n) => `n1|0001-01-01/${9999 - n}-12-31`)],
    ['ranges of as many values', Array.from({ length: 1_000 }, (_, n) => `n${n}|0001-01-01/9999-12-31`)],
    [
      'years apart',
      Array.from({ length: 1_000 }, (_, n) => `n1|${2 * n + 1000}-01-01/${2 * n + 1000}-12-31`),
    ],
    ['values in common', Array.from({ length: 1_000 }, (_, n) => `n1/n2/n${n + 3}|2026-11-01/2026-11-02`)],
    ['newest of some', Array.from({ length: 50 }, (_, n) => `n1/n2/n${n + 3}|LATEST(${n + 1})`)],
    ['ids in one text', [existing.join(',')]],
    ['values in one text', [`${Array.from({ length: 9_000 }, (_, n) => `n${n}`).join('/')}|2026-11-01`]],
    ['ids', existing],
  ])('%s are found, and others have their turn meanwhile', async (_what, texts) => {
    const there = { existing: new Set(existing), now: NOW, missingIsEmpty: true }
    let chosen = new Set<string>()
    const held = await longestHold(async () => {
      const wanted = await readWantedPartitions(texts, AUDIT_DIMENSIONS)
      if (wanted !== 'all') chosen = await wanted.choose(there)
    })
    expect(chosen.size).toBeGreaterThan(0)
    // A slice is 10 ms; collecting garbage may come on top.
    expect(held).toBeLessThan(150)
  })

  test('ranges are bounded in all, and so are the values of one', async () => {
    const ranges = Array.from({ length: 400 }, (_, n) => `n${n}|*`).join(',')
    await expect(choose([ranges, ranges, ranges], existing)).rejects.toMatchObject({
      details: { reason: 'too-many-ranges' },
    })
    for (const separator of '/|,')
      await expect(choose([separator.repeat(300_000)], existing)).rejects.toMatchObject({
        kind: 'validation_failed',
      })
    await expect(choose([`${'a/'.repeat(10_000)}a|*`], existing)).rejects.toMatchObject({
      details: { issues: [{ reason: 'too-many-values' }] },
    })
  })
})
