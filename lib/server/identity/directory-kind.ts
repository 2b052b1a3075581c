import 'server-only'
import { ALLOWED, administratorsAndAuditors, administratorsOnly } from '#lib/domain/access/subject'
import {
  mayChangePassword,
  mayCreatePersonalKey,
  mayHaveSettings,
  mayLogCustomEvents,
} from '#lib/domain/identity/policy'
import type { ActionRule, ResourceKind } from '../access/resource-kind'
import { type SpaceRow, spaceKind } from '../spaces/space-kind'

type Action =
  | 'list-users'
  | 'list-groups'
  | 'list-global-keys'
  | 'list-own-keys'
  | 'list-personal-keys'
  | 'list-names'
  | 'invite'
  | 'create-user'
  | 'create-group'
  | 'log-custom-event'
  | 'create-global-key'
  | 'create-personal-key'
  | 'change-own-password'
  | 'who-am-i'
  | 'see-oneself'

const administrators = administratorsOnly

/** The people, groups and keys of a space as a whole: what is listed and added. */
export const directoryKind: ResourceKind<null, SpaceRow, Action> = {
  name: 'directory',
  load: spaceKind.load,
  describe: spaceKind.describe,
  actions: {
    'list-users': listed('users-list'),
    'list-groups': listed('groups-list'),
    'list-global-keys': listed('api-keys-list'),
    'list-personal-keys': listed('api-keys-list'),
    'list-own-keys': {
      allows: () => ALLOWED,
      event: { msgType: 'api-keys-list', when: 'denied-only', because: "metadata of one's own" },
    },
    'who-am-i': {
      allows: () => ALLOWED,
      event: { msgType: 'session-read', when: 'denied-only', because: "metadata of one's own" },
    },
    'see-oneself': {
      allows: mayHaveSettings,
      event: { msgType: 'session-read', when: 'denied-only', because: "metadata of one's own" },
    },
    'list-names': {
      allows: () => ALLOWED,
      event: {
        msgType: 'directory-list',
        when: 'denied-only',
        because: 'names alone, for choosing whom to give access',
      },
    },
    invite: { allows: administrators, event: { msgType: 'invite-create', when: 'changed' } },
    'create-user': { allows: administrators, event: { msgType: 'user-create', when: 'changed' } },
    'log-custom-event': { allows: mayLogCustomEvents, event: { msgType: 'custom', when: 'changed' } },
    'create-group': { allows: administrators, event: { msgType: 'group-create', when: 'changed' } },
    'create-global-key': {
      allows: administrators,
      event: { msgType: 'global-api-key-create', when: 'changed' },
    },
    'create-personal-key': {
      allows: mayCreatePersonalKey,
      event: { msgType: 'personal-api-key-create', when: 'changed' },
    },
    'change-own-password': {
      allows: mayChangePassword,
      event: { msgType: 'password-change', when: 'changed' },
    },
  },
}

function listed(msgType: 'users-list' | 'groups-list' | 'api-keys-list'): ActionRule<SpaceRow> {
  return { allows: administratorsAndAuditors, event: { msgType, when: 'read' } }
}
