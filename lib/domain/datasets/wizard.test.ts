import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDefinition } from './definition'
import { nameKeyOf } from './problems'
import { newWizard, reduceWizard, type WizardState, type WizardStep } from './wizard'
import { markTabs, problemsOf } from './wizard-problems'

const run = (...steps: WizardStep[]): WizardState => steps.reduce(reduceWizard, newWizard())

const asOnTheReferencePage: WizardStep[] = [
  { step: 'set-connection', connection: 'dku-audit-log' },
  { step: 'set-path', path: '/audit-logs/' },
  { step: 'activate-partitioning' },
  { step: 'add-dimension', type: 'value', name: 'node_type' },
  { step: 'add-dimension', type: 'time' },
  { step: 'set-pattern', pattern: '/%{node_type}/%Y/%M/%D/.*' },
  { step: 'set-name', name: 'instance_audit_logs' },
]

describe('the wizard', () => {
  it('has no problem once the reference page has been followed', () => {
    const state = run(...asOnTheReferencePage)
    expect(problemsOf(state)).toEqual([])
    expect(state.definition.partitioning.dimensions).toEqual([
      { name: 'node_type', type: 'value' },
      { name: 'date', type: 'time', params: { period: 'DAY' } },
    ])
  })

  it('names connection and name as missing at first', () => {
    expect(problemsOf(newWizard()).map((problem) => problem.reason)).toEqual([
      'name-missing',
      'connection-missing',
    ])
  })

  it('does not mark a tab that nobody has touched as having problems', () => {
    const state = newWizard()
    expect(markTabs(state, problemsOf(state)).files).toEqual({ mark: 'default' })
  })

  it('takes the specifier along when a discrete dimension is renamed', () => {
    const state = run(...asOnTheReferencePage, { step: 'rename-dimension', index: 0, name: 'kind' })
    expect(state.definition.partitioning.filePathPattern).toBe('/%{kind}/%Y/%M/%D/.*')
    expect(problemsOf(state)).toEqual([])
  })

  it('adds one time dimension at most', () => {
    const state = run({ step: 'add-dimension', type: 'time' }, { step: 'add-dimension', type: 'time' })
    expect(state.definition.partitioning.dimensions).toHaveLength(1)
  })

  it('says that activated partitioning without a dimension is not done', () => {
    const state = run(...asOnTheReferencePage.slice(0, 3), { step: 'set-name', name: 'a' })
    expect(problemsOf(state).map((problem) => problem.reason)).toEqual(['no-dimensions'])
    expect(markTabs(state, problemsOf(state)).partitioning).toEqual({ mark: 'todo' })
  })

  it('tells what is not filled in yet from mistakes', () => {
    const marksOf = (...steps: WizardStep[]) => {
      const state = run(...asOnTheReferencePage, ...steps)
      return markTabs(state, problemsOf(state))
    }
    const timed: WizardStep[] = [{ step: 'deactivate-partitioning' }, { step: 'add-dimension', type: 'time' }]
    expect(marksOf(...timed).partitioning).toEqual({ mark: 'todo' })
    expect(marksOf(...timed, { step: 'set-pattern', pattern: '/%Y/%M/.*' }).partitioning).toEqual({
      mark: 'problems',
      count: 1,
    })
    const rules = newDefinition().params.filesSelectionRules
    const choose = (change: Partial<typeof rules>) =>
      marksOf({ step: 'set-selection', rules: { ...rules, ...change } }).files
    expect(choose({ mode: 'EXPLICIT_SELECT_FILES' })).toEqual({ mark: 'todo' })
    expect(choose({ mode: 'RULES_INCLUDED_ONLY' })).toEqual({ mark: 'todo' })
    const rule = { mode: 'REGEXP', matchingMode: 'FILENAME', expr: '(' } as const
    expect(choose({ mode: 'RULES_INCLUDED_ONLY', includeRules: [rule] })).toEqual({
      mark: 'problems',
      count: 1,
    })
  })

  it.each([
    ['', 'name-missing'],
    ['a b', 'name-characters'],
    ['é', 'name-characters'],
    ['a'.repeat(101), 'name-too-long'],
    ['Taken', 'name-taken'],
  ])('refuses the name %j as %s', (name, reason) => {
    const state = run(...asOnTheReferencePage, { step: 'set-name', name })
    expect(problemsOf(state, new Set([nameKeyOf('TAKEN')])).map((problem) => problem.reason)).toEqual([
      reason,
    ])
  })

  it.each([
    ['set-path', { step: 'set-path', path: '/a/../b/' }, 'ERR_FSPROVIDER_ILLEGAL_PATH'],
    [
      'two time dimensions in the pattern',
      { step: 'set-pattern', pattern: '/%{node_type}/%Y/%M/%D/%Y/.*' },
      'duplicate',
    ],
  ] as [string, WizardStep, string][])('refuses %s with its reason', (_, step, reason) => {
    const problems = problemsOf(run(...asOnTheReferencePage, step))
    expect(problems.some((problem) => problem.severity === 'error' && problem.reason.includes(reason))).toBe(
      true,
    )
  })

  it('never throws, whatever the steps, and reducing does not change what it is given', () => {
    const text = fc.string({ maxLength: 40 })
    const index = fc.integer({ min: -1, max: 5 })
    const step: fc.Arbitrary<WizardStep> = fc.oneof(
      text.map((name): WizardStep => ({ step: 'set-name', name })),
      text.map((path): WizardStep => ({ step: 'set-path', path })),
      text.map((pattern): WizardStep => ({ step: 'set-pattern', pattern })),
      fc.constantFrom<WizardStep>(
        { step: 'activate-partitioning' },
        { step: 'deactivate-partitioning' },
        { step: 'add-dimension', type: 'value' },
        { step: 'add-dimension', type: 'time' },
        { step: 'set-period', period: 'HOUR' },
      ),
      index.map((i): WizardStep => ({ step: 'remove-dimension', index: i })),
      fc
        .tuple(index, fc.constantFrom(-1 as const, 1 as const))
        .map(([i, by]): WizardStep => ({ step: 'move-dimension', index: i, by })),
      fc.tuple(index, text).map(([i, name]): WizardStep => ({ step: 'rename-dimension', index: i, name })),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let state = newWizard()
        for (const next of steps) {
          const before = structuredClone(state)
          const after = reduceWizard(state, next)
          expect(state).toEqual(before)
          problemsOf(after)
          state = after
        }
      }),
    )
  })
})
