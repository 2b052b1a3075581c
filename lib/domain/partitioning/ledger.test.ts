import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import {
  createLedger,
  EXCLUSIONS,
  type Ledger,
  mergeLedger,
  recordExcluded,
  recordMatched,
  recordPassed,
  recordUnmatched,
} from './ledger'
import { fromLedgerWire, isBalanced, ledgerWire, toLedgerWire } from './ledger-wire'
import { createMismatch, type Mismatch } from './pattern/mismatch'

const mismatches = [
  createMismatch('no-match', '%Y'),
  createMismatch('no-match', null),
  createMismatch('impossible-date', null),
]
const events = fc.array(
  fc.record({
    outcome: fc.constantFrom<string | Mismatch>('a|2026', '/passed/', ...mismatches, ...EXCLUSIONS),
    sizeBytes: fc.nat(1000),
    changedAt: fc.nat(1000),
  }),
  { maxLength: 60 },
)

type Events = typeof events extends fc.Arbitrary<infer T> ? T : never

function count(list: Events): Ledger {
  const ledger = createLedger()
  for (const { outcome, sizeBytes, changedAt } of list) {
    const object = { path: `/${changedAt}`, sizeBytes, changedAt }
    const exclusion = EXCLUSIONS.find((candidate) => candidate === outcome)
    if (typeof outcome === 'object') recordUnmatched(ledger, outcome, object)
    else if (exclusion !== undefined) recordExcluded(ledger, exclusion)
    else if (outcome.startsWith('/')) recordPassed(ledger, outcome)
    else recordMatched(ledger, outcome, object)
  }
  return ledger
}

describe('the ledger', () => {
  it('keeps totals and the first and last change of each partition', () => {
    const ledger = createLedger()
    recordMatched(ledger, 'a', { path: '/1', sizeBytes: 10, changedAt: 5 })
    recordMatched(ledger, 'a', { path: '/2', sizeBytes: 1, changedAt: 3 })
    recordUnmatched(ledger, createMismatch('no-match', '%Y'), { path: '/x' })
    recordExcluded(ledger, 'archived')
    recordPassed(ledger, '/archive/')
    expect(toLedgerWire(ledger)).toEqual({
      listed: 4,
      matched: 2,
      unmatched: 1,
      excluded: { rule: 0, folderMarker: 0, archived: 1 },
      unmatchedGroups: [{ key: 'no-match %Y', reason: 'no-match', part: '%Y', files: 1, examples: ['/x'] }],
      partitions: [{ id: 'a', files: 2, sizeBytes: 11, firstChangedAt: 3, lastChangedAt: 5 }],
      passed: { folders: ['/archive/'], count: 1, more: false },
    })
  })

  it('always adds up, merged in any way and across the wire', () => {
    fc.assert(
      fc.property(events, fc.nat(60), (list, cut) => {
        const whole = toLedgerWire(count(list))
        expect(isBalanced(whole)).toBe(true)
        expect(whole.listed + whole.passed.count).toBe(list.length)
        const parts = [list.slice(0, cut), list.slice(cut)].map((part) =>
          fromLedgerWire(ledgerWire.parse(JSON.parse(JSON.stringify(toLedgerWire(count(part)))))),
        )
        const merged = createLedger()
        for (const part of parts) mergeLedger(merged, part)
        expect(toLedgerWire(merged)).toEqual(whole)
      }),
      propertyRuns(500),
    )
  })

  it('is refused where its sums do not agree', () => {
    expect(ledgerWire.safeParse({ ...toLedgerWire(createLedger()), listed: 1 }).success).toBe(false)
  })
})
