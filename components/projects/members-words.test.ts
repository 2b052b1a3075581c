import { expect, it } from 'vitest'
import { sayChanges, sayMembers } from './members-words'
import type { MemberLine } from './use-members-draft'

const line = (name: string, principal: 'user' | 'group', people = 1): MemberLine => ({
  principal,
  id: name,
  name,
  people,
  level: 'read',
  until: null,
})
const ann = line('Ann', 'user')
const bob = line('Bob', 'user')

it('counts people through their groups', () => {
  expect(sayMembers([])).toBe('Nobody')
  expect(sayMembers([line('analysts', 'group', 3)])).toBe('1 group with 3 people')
  expect(sayMembers([line('analysts', 'group', 3), ann])).toBe('1 group with 3 people, 1 person')
  expect(sayMembers([ann, bob])).toBe('2 people')
})

it('names who gets a permission and who loses it', () => {
  const draft = {
    isChanged: true,
    version: 1,
    add: () => {},
    edit: () => {},
    takeOff: () => {},
    discard: () => {},
  }
  expect(sayChanges({ ...draft, lines: [ann, bob], changed: new Set(['Ann']), taken: [] })).toBe(
    'Save gives or changes the permission of Ann.',
  )
  expect(sayChanges({ ...draft, lines: [ann], changed: new Set(['Ann']), taken: [bob] })).toBe(
    'Save gives or changes the permission of Ann, and takes it from Bob.',
  )
})
