import { describe, expect, test } from 'vitest'
import type { Decision, Subject } from '../access/subject'
import {
  allowsReadingDatasets,
  type ConnectionFacts,
  decideAudit,
  decideGovern,
  decideIssue,
  decideOpen,
  decideUse,
  type GrantFacts,
} from './policy'

const AT = new Date('2026-11-22T14:00:00Z')

const subject = (change: Partial<Subject> & { groups?: string[] }): Subject => ({
  kind: 'user',
  spaceId: 's1',
  userId: 'u1',
  keyId: null,
  name: 'mira',
  groupIds: new Set(change.groups),
  groupNames: new Set(change.groups),
  isAdministrator: false,
  isAuditor: false,
  ...change,
})

const PEOPLE: Record<string, Subject> = {
  administrator: subject({ groups: ['space_administrators'], isAdministrator: true }),
  'admin key': subject({ kind: 'key', userId: null, keyId: 'k1', isAdministrator: true }),
  auditor: subject({ groups: ['auditors'], isAuditor: true }),
  designer: subject({ groups: ['designers'] }),
  nobody: subject({}),
}

const grant = (change: Partial<GrantFacts>): GrantFacts => ({
  kind: 'use',
  principal: 'group',
  groupId: null,
  groupName: null,
  userId: null,
  from: new Date('2026-01-01T00:00:00Z'),
  until: null,
  ...change,
})
const toGroup = (name: string, change: Partial<GrantFacts> = {}) =>
  grant({ groupId: name, groupName: name, ...change })

const connection = (grants: GrantFacts[], change: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  name: 'lake-raw',
  hidden: false,
  grants,
  readRequired: true,
  ...change,
})

const short = (decision: Decision) => (decision.allowed ? 'yes' : decision.visible ? 'no' : 'unseen')
const everyone = grant({ principal: 'everyone' })

describe.each<
  [string, ConnectionFacts, Record<string, [use: string, open: string, govern: string, audit: string]>]
>([
  [
    'a managed one as it is made',
    connection([toGroup('space_administrators')]),
    {
      administrator: ['yes', 'yes', 'yes', 'yes'],
      'admin key': ['yes', 'yes', 'yes', 'yes'],
      auditor: ['no', 'yes', 'no', 'yes'],
      designer: ['no', 'no', 'no', 'no'],
      nobody: ['no', 'no', 'no', 'no'],
    },
  ],
  [
    'one for designers',
    connection([toGroup('designers')]),
    {
      administrator: ['no', 'yes', 'yes', 'yes'],
      designer: ['yes', 'yes', 'no', 'no'],
      nobody: ['no', 'no', 'no', 'no'],
    },
  ],
  [
    'one for everyone',
    connection([everyone]),
    { administrator: ['yes', 'yes', 'yes', 'yes'], nobody: ['yes', 'yes', 'no', 'no'] },
  ],
  [
    'details for designers',
    connection([toGroup('designers', { kind: 'details' })]),
    { designer: ['no', 'yes', 'no', 'no'], nobody: ['no', 'no', 'no', 'no'] },
  ],
  [
    'one that is hidden',
    connection([], { hidden: true }),
    {
      administrator: ['no', 'yes', 'yes', 'yes'],
      auditor: ['no', 'yes', 'no', 'yes'],
      designer: ['unseen', 'unseen', 'unseen', 'unseen'],
    },
  ],
  [
    'a grant to a person',
    connection([grant({ principal: 'user', userId: 'u1' })]),
    { nobody: ['yes', 'yes', 'no', 'no'], 'admin key': ['no', 'yes', 'yes', 'yes'] },
  ],
  [
    'a grant that ends now',
    connection([grant({ principal: 'everyone', until: AT })]),
    { nobody: ['no', 'no', 'no', 'no'] },
  ],
  [
    'a grant that begins later',
    connection([grant({ principal: 'everyone', from: new Date(AT.getTime() + 1) })]),
    { nobody: ['no', 'no', 'no', 'no'] },
  ],
])('%s', (_, facts, expected) => {
  test.each(Object.entries(expected))('%s', (who, cells) => {
    const asked = PEOPLE[who] ?? subject({})
    const decisions = [decideUse, decideOpen, decideGovern, decideAudit].map((decide) =>
      decide(asked, facts, AT),
    )
    expect(decisions.map(short)).toEqual(cells)
  })
})

test('the switch asks readers of datasets to be on the list', () => {
  const nobody = subject({})
  expect(allowsReadingDatasets(nobody, connection([]), AT)).toBe(false)
  expect(allowsReadingDatasets(nobody, connection([], { readRequired: false }), AT)).toBe(true)
  expect(allowsReadingDatasets(nobody, connection([everyone]), AT)).toBe(true)
  const administrator = PEOPLE.administrator ?? nobody
  expect(allowsReadingDatasets(administrator, connection([]), AT)).toBe(false)
})

test('a key of a project gets what its groups are granted, and no session that reaches past the project', () => {
  const key = subject({
    kind: 'key',
    userId: null,
    groups: ['designers'],
    project: { id: 'p1', level: 'admin' },
  })
  const granted = connection([toGroup('designers'), toGroup('designers', { kind: 'details' })], {
    hidden: true,
  })
  expect(short(decideUse(key, granted, AT))).toBe('yes')
  expect(short(decideIssue(subject({ groups: ['designers'] }), granted, AT))).toBe('yes')
  expect(short(decideIssue(key, granted, AT))).toBe('no')
  expect(short(decideIssue(key, connection([], { hidden: true }), AT))).toBe('unseen')
})
