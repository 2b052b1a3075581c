import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AccessPicture, countEffects, type Lists } from './effects'
import {
  compareStates,
  equalStates,
  type GrantEntry,
  normalizeState,
  type PermissionState,
} from './permissions'
import { nameSave, sayEffects } from './say-effects'

const AT = new Date('2026-11-22T14:00:00Z')
const GROUPS = ['g1', 'g2', 'g3']
const USERS = ['u1', 'u2', 'u3', 'u4']

const entry: fc.Arbitrary<GrantEntry> = fc.record({
  principal: fc.constantFrom('group', 'user'),
  id: fc.constantFrom(...GROUPS, ...USERS),
  until: fc.constantFrom(
    null,
    '2026-11-22T13:59:59.000Z',
    '2026-12-01T00:00:00.000Z',
    '2027-01-01T00:00:00.000Z',
  ),
})

const state: fc.Arbitrary<PermissionState> = fc.record({
  usableBy: fc.constantFrom('everyone', 'selected'),
  grants: fc.array(entry, { maxLength: 6 }),
  detailsBy: fc.constantFrom('nobody', 'selected', 'everyone'),
  detailsGroups: fc.array(fc.constantFrom(...GROUPS), { maxLength: 3 }),
  readRequired: fc.boolean(),
  hidden: fc.boolean(),
})

const groupIds = fc.array(fc.constantFrom(...GROUPS), { maxLength: 3 }).map((ids) => new Set(ids))

const picture: fc.Arbitrary<AccessPicture> = fc.record({
  people: fc
    .tuple(...USERS.map(() => groupIds))
    .map((all) =>
      all.map((ids, index) => ({ id: USERS[index] ?? '', name: USERS[index] ?? '', groupIds: ids })),
    ),
  keys: fc
    .array(fc.record({ ownerId: fc.constantFrom(null, ...USERS), groupIds }), { maxLength: 4 })
    .map((all) =>
      all.map((key, index) => ({ ...key, projectKey: null, id: `k${index}`, label: `k${index}` })),
    ),
  projects: fc.array(fc.array(fc.constantFrom(...USERS)), { maxLength: 3 }).map((all) =>
    all.map((readers, index) => ({
      key: `P${index}`,
      datasets: ['d'],
      readers: new Set(readers),
      members: new Set(readers),
    })),
  ),
})

const NOBODY: Lists = {
  usableBy: 'selected',
  grants: [],
  detailsBy: 'nobody',
  detailsGroups: [],
  readRequired: true,
}

describe('states', () => {
  test('a state differs from itself, in whatever order, in nothing', () => {
    fc.assert(
      fc.property(state, (one) => {
        const turned = {
          ...one,
          grants: [...one.grants].reverse(),
          detailsGroups: [...one.detailsGroups].reverse(),
        }
        expect(compareStates(one, turned, AT)).toEqual([])
        expect(equalStates(one, normalizeState(one, AT), AT)).toBe(true)
      }),
    )
  })

  test('there is a change exactly when two states mean different things', () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        expect(compareStates(a, b, AT).length === 0).toBe(equalStates(a, b, AT))
      }),
    )
  })

  test.each<[string, Partial<PermissionState>, string[]]>([
    ['a group is added', { grants: [{ principal: 'group', id: 'g1', until: null }] }, ['grant-added']],
    [
      'one that has ended counts as none',
      { grants: [{ principal: 'group', id: 'g1', until: '2026-11-22T14:00:00.000Z' }] },
      [],
    ],
    ['everyone', { usableBy: 'everyone' }, ['usable-by']],
    ['chosen groups without the choice do not count', { detailsGroups: ['g1'] }, []],
    ['details', { detailsBy: 'selected', detailsGroups: ['g1'] }, ['details-by', 'details-added']],
    ['the switch and the name', { readRequired: true, hidden: true }, ['read-required', 'hidden']],
  ])('%s', (_, change, kinds) => {
    const base: PermissionState = {
      ...NOBODY,
      grants: [],
      detailsGroups: [],
      readRequired: false,
      hidden: false,
    }
    expect(compareStates(base, { ...base, ...change }, AT).map((one) => one.kind)).toEqual(kinds)
  })
})

describe('effects', () => {
  const users = (from: AccessPicture, lists: Lists) => countEffects(from, NOBODY, lists)

  test('equal states have none', () => {
    fc.assert(
      fc.property(picture, state, (all, one) => {
        const effects = countEffects(all, one, one)
        expect(
          [effects.gainUse, effects.loseUse, effects.keysStop, effects.keysGain].map((c) => c.count),
        ).toEqual([0, 0, 0, 0])
        expect([...effects.gainReading, ...effects.loseReading]).toEqual([])
        expect(sayEffects(effects, compareStates(one, one, AT))).toEqual([])
      }),
    )
  })

  test('who had it, plus gains, less losses, is who has it', () => {
    fc.assert(
      fc.property(picture, state, state, (all, a, b) => {
        const change = countEffects(all, a, b)
        const [before, after] = [users(all, a), users(all, b)]
        expect(before.gainUse.count + change.gainUse.count - change.loseUse.count).toBe(after.gainUse.count)
        expect(before.keysGain.count + change.keysGain.count - change.keysStop.count).toBe(
          after.keysGain.count,
        )
      }),
    )
  })

  test('the way back takes what the way there gave', () => {
    fc.assert(
      fc.property(picture, state, state, (all, a, b) => {
        const [there, back] = [countEffects(all, a, b), countEffects(all, b, a)]
        expect([back.gainUse, back.loseUse, back.gainReading, back.loseReading]).toEqual([
          there.loseUse,
          there.gainUse,
          there.loseReading,
          there.gainReading,
        ])
      }),
    )
  })

  test('says whom it concerns as the page does', () => {
    const designers = Array.from({ length: 14 }, (_, index) => ({
      id: `d${index}`,
      name: `Designer ${index}`,
      groupIds: new Set(['designers']),
    }))
    const other = { id: 'x', name: 'Xenia', groupIds: new Set<string>() }
    const all: AccessPicture = {
      people: [...designers, other],
      keys: [],
      projects: [
        {
          key: 'AUDIT',
          datasets: ['instance_audit_logs', 'logins_by_day'],
          readers: new Set([...designers.slice(0, 11).map((one) => one.id), 'x', 'an administrator']),
          members: new Set([...designers.slice(0, 11).map((one) => one.id), 'x']),
        },
      ],
    }
    const before: PermissionState = { ...NOBODY, grants: [], detailsGroups: [], hidden: false }
    const draft: PermissionState = {
      ...before,
      grants: [{ principal: 'group', id: 'designers', until: null }],
    }
    const effects = countEffects(all, before, draft)
    expect(nameSave(effects)).toBe('Give 14 people access')
    expect(nameSave(countEffects(all, draft, before))).toBe('Take access from 14 people')
    const lines = sayEffects(effects, compareStates(before, draft, AT))
    expect(lines.map((line) => [line.sign, `${line.lead} ${line.text}`.trim()])).toEqual([
      ['gain', '14 people may create datasets here and browse it'],
      ['gain', '11 of them can newly read 2 datasets through project AUDIT'],
      ['same', '1 of the 12 members of AUDIT will see 2 datasets but cannot open them'],
      ['same', 'No key or job stops working'],
    ])
  })
})
