import type { GrantEntry, PermissionState, StateChange } from './permissions'

type Names = Record<string, string>

/** One line of a state in words, the same lines in the same order for every state. */
export interface StateLine {
  label: string
  text: string
}

/** Puts permissions into words, to stand beside other ones. */
export function sayState(state: PermissionState, names: Names): StateLine[] {
  const people = state.grants.map((grant) => sayGrant(grant, names)).join(', ')
  const groups = state.detailsGroups.map((id) => nameOf(id, names)).join(', ')
  const details = { nobody: 'Nobody', selected: groups || 'no group yet', everyone: EVERYONE }
  return [
    { label: 'Freely usable by', text: state.usableBy === 'everyone' ? EVERYONE : people || 'nobody' },
    { label: 'Details readable by', text: details[state.detailsBy] },
    { label: 'Required to read datasets', text: state.readRequired ? 'yes' : 'no' },
    { label: 'Hidden from everyone else', text: state.hidden ? 'yes' : 'no' },
  ]
}

const EVERYONE = 'Everyone in this space'

const nameOf = (id: string, names: Names) => names[id] ?? 'someone who is gone'

const sayEnd = (until: string | null) =>
  until === null ? '' : ` until ${until.slice(0, 16).replace('T', ' ')} UTC`

const sayGrant = (entry: GrantEntry, names: Names) => `${nameOf(entry.id, names)}${sayEnd(entry.until)}`

/** Puts one change into words: `"added designers"`. */
export function sayChange(change: StateChange, names: Names): string {
  switch (change.kind) {
    case 'grant-added':
      return `added ${sayGrant(change.entry, names)}`
    case 'grant-removed':
      return `took ${nameOf(change.entry.id, names)} off`
    case 'grant-expiry':
      return `${nameOf(change.entry.id, names)} now${sayEnd(change.entry.until) || ' without an end'}`
    case 'usable-by':
      return change.after === 'everyone'
        ? 'opened it to everyone in this space'
        : 'closed it to all but selected groups and people'
    case 'details-by':
      return `made its details readable by ${READERS[change.after]}`
    case 'details-added':
      return `let ${nameOf(change.groupId, names)} read its details`
    case 'details-removed':
      return `closed its details to ${nameOf(change.groupId, names)}`
    case 'read-required':
      return change.after ? 'required it to read datasets' : 'no longer required it to read datasets'
    case 'hidden':
      return change.after ? 'hid it from everyone else' : 'showed it to everyone'
  }
}

const READERS = { nobody: 'nobody', selected: 'selected groups', everyone: 'everyone' }

const ACTIVITY: Record<string, string> = {
  'admin-connection-create': 'Made the connection',
  'admin-connection-save': 'Changed the settings',
  'admin-connection-delete': 'Removed the connection',
  'admin-connection-permissions-save': 'Changed the permissions',
  'connection-access-list': 'Looked who can access it',
  'connection-details-read': 'Opened the connection',
  'connections-list-names': 'Tried to use it',
  'fsprovider-test': 'Tested the connection',
  'fsprovider-browse': 'Browsed its files',
  'audit-events-read': 'Read its activity',
}

/** What an event about a connection says in plain words; its msgType where there are none. */
export const sayActivity = (msgType: string): string => ACTIVITY[msgType] ?? msgType
