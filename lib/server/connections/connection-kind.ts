import 'server-only'
import { ALLOWED, administratorsOnly, type Subject } from '#lib/domain/access/subject'
import {
  decideAudit,
  decideGovern,
  decideIssue,
  decideOpen,
  decideReadDetails,
  decideUse,
} from '#lib/domain/connections/policy'
import type { ResourceKind } from '../access/resource-kind'
import { type ConnectionRef, type ConnectionRow, loadConnection } from './load-connection'
import { connectionPlace } from './store-target'

export type ConnectionAction =
  | 'open'
  | 'read-settings'
  | 'read-details'
  | 'issue-credential'
  | 'use'
  | 'browse'
  | 'test'
  | 'check'
  | 'read-access'
  | 'read-activity'
  | 'save'
  | 'save-permissions'
  | 'preview-permissions'
  | 'remove'

/** One live connection. Events name it by its name, which never changes while it lives. */
export const connectionKind: ResourceKind<ConnectionRef, ConnectionRow, ConnectionAction> = {
  name: 'connection',
  load: loadConnection,
  lock: (row) => ({ table: 'connection', id: row.id }),
  standsFor: connectionPlace,
  describe: (row) => ({ objectId: row.name, name: row.name }),
  actions: {
    open: {
      allows: decideOpen,
      event: { msgType: 'connection-details-read', when: 'read' },
    },
    'read-settings': {
      allows: decideGovern,
      event: { msgType: 'connection-details-read', when: 'read' },
    },
    'read-details': {
      allows: decideReadDetails,
      event: { msgType: 'connection-details-read', when: 'read' },
    },
    'issue-credential': {
      allows: decideIssue,
      event: { msgType: 'connection-credential-issue', when: 'changed' },
    },
    use: {
      allows: decideUse,
      event: {
        msgType: 'connections-list-names',
        when: 'denied-only',
        because: 'what is done with the connection has its own event',
      },
    },
    browse: { allows: decideUse, event: { msgType: 'fsprovider-browse', when: 'read' } },
    test: { allows: decideGovern, event: { msgType: 'fsprovider-test', when: 'read' } },
    check: {
      allows: decideGovern,
      event: {
        msgType: 'fsprovider-test',
        when: 'denied-only',
        because: 'the repeated check of health is no act of a person',
      },
    },
    'read-access': { allows: decideAudit, event: { msgType: 'connection-access-list', when: 'read' } },
    'read-activity': { allows: decideAudit, event: { msgType: 'audit-events-read', when: 'read' } },
    save: { allows: decideGovern, event: { msgType: 'admin-connection-save', when: 'changed' } },
    'save-permissions': {
      allows: decideGovern,
      event: { msgType: 'admin-connection-permissions-save', when: 'changed' },
    },
    'preview-permissions': {
      allows: decideGovern,
      event: { msgType: 'connection-access-list', when: 'read' },
    },
    remove: { allows: decideGovern, event: { msgType: 'admin-connection-delete', when: 'changed' } },
  },
}

/** The connections of a space as a whole. */
export const connectionsKind: ResourceKind<null, { spaceId: string }, ConnectionsAction> = {
  name: 'connections',
  load: async (_, spaceId) => ({ spaceId }),
  describe: () => ({ objectId: '*', name: 'the connections of this space' }),
  actions: {
    list: { allows: () => ALLOWED, event: { msgType: 'connections-list-names', when: 'read' } },
    'list-settings': {
      allows: (subject: Subject) => administratorsOnly(subject),
      event: { msgType: 'connection-details-read', when: 'read' },
    },
    create: {
      allows: (subject: Subject) => administratorsOnly(subject),
      event: { msgType: 'admin-connection-create', when: 'changed' },
    },
    'test-draft': {
      allows: (subject: Subject) => administratorsOnly(subject),
      event: { msgType: 'fsprovider-test', when: 'read' },
    },
    'list-principals': {
      allows: (subject: Subject) => administratorsOnly(subject),
      event: { msgType: 'users-list', when: 'read' },
    },
  },
}
export type ConnectionsAction = 'list' | 'list-settings' | 'create' | 'test-draft' | 'list-principals'
