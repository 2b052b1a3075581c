import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonPrefix, decodeToken, encodeToken, listPage } from './listing.mjs'
import { OrderedIndex } from './ordered-index.mjs'

const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '//', '\u{1f600}', '\uffff'), maxLength: 6 })

function indexOf(keys) {
  const index = new OrderedIndex()
  for (const each of keys) index.set(each, true)
  return index
}

function listAll(index, request) {
  const entries = []
  const prefixes = []
  let after = null
  do {
    const page = listPage(index, { ...request, after })
    expect(page.entries.length + page.prefixes.length).toBeLessThanOrEqual(request.maxKeys)
    entries.push(...page.entries.map((entry) => entry.key))
    prefixes.push(...page.prefixes)
    after = page.next && decodeToken(encodeToken(page.next))
  } while (after)
  return { entries, prefixes }
}

describe('listPage', () => {
  it('walks page by page over exactly what a full scan finds, each once and in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 60 }),
        fc.constantFrom('', 'a', 'a/', '/'),
        fc.constantFrom('', '/', 'b', '//'),
        fc.integer({ min: 1, max: 7 }),
        (keys, prefix, delimiter, maxKeys) => {
          const sorted = keys
            .filter((each) => each.startsWith(prefix))
            .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
          const common = sorted.map((each) => commonPrefix(each, prefix, delimiter))
          const listed = listAll(indexOf(keys), { prefix, delimiter, maxKeys })
          expect(listed.entries).toEqual(sorted.filter((_, i) => common[i] === null))
          expect(listed.prefixes).toEqual([...new Set(common.filter((each) => each !== null))])
        },
      ),
      { numRuns: 500 },
    )
  })

  it('says nothing follows when the last page is exactly full', () => {
    expect(
      listPage(indexOf(['a', 'b']), { prefix: '', delimiter: '', maxKeys: 2, after: null }).next,
    ).toBeNull()
  })

  it('does the same work for a page at the end of 100,000 keys as for one at the start', () => {
    const index = new OrderedIndex()
    for (let i = 0; i < 100_000; i++) index.set(`logs/${String(i).padStart(6, '0')}.gz`, true)
    const workOf = (after) => {
      const before = index.visits
      expect(listPage(index, { prefix: 'logs/', delimiter: '', maxKeys: 1000, after }).entries).toHaveLength(
        1000,
      )
      return index.visits - before
    }
    const first = workOf(null)
    const last = workOf({ key: 'logs/098999.gz' })
    expect(last).toBeLessThanOrEqual(first + 20)
    expect(first).toBeLessThan(1100)
  })

  it('steps over a folder of 100,000 keys by one search', () => {
    const index = new OrderedIndex()
    for (let i = 0; i < 100_000; i++) index.set(`a/${String(i).padStart(6, '0')}`, true)
    index.set('b/1', true)
    const before = index.visits
    const page = listPage(index, { prefix: '', delimiter: '/', maxKeys: 1000, after: null })
    expect(page.prefixes).toEqual(['a/', 'b/'])
    expect(index.visits - before).toBeLessThan(100)
  })
})

describe('decodeToken', () => {
  it.each(['', 'x', 'kab!', 'q', 'k====', 'zYQ'])('refuses %j', (token) => {
    expect(() => decodeToken(token)).toThrow('The continuation token provided is incorrect')
  })
})
