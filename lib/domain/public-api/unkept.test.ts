import { expect, it } from 'vitest'
import { unkeptIssues } from './unkept'

it('names what would be lost, and lets pass what is as it was given or asks for nothing', () => {
  const given = { createdBy: 'ada', adminProperties: {} }
  const sent = {
    label: 'new',
    createdBy: 'ada',
    adminProperties: {},
    ldap: '',
    mayX: false,
    list: [],
    none: null,
  }
  expect(unkeptIssues(sent, given, ['label'])).toEqual([])
  expect(unkeptIssues({ createdBy: null, adminProperties: null }, given, [])).toMatchObject([
    { path: ['adminProperties'] },
  ])
  const lost = { createdBy: 'otto', adminProperties: { a: 1 }, mayX: true, text: 'x', zero: 0 }
  expect(unkeptIssues(lost, given, []).map(({ path }) => path)).toEqual(Object.keys(lost).map((key) => [key]))
})
