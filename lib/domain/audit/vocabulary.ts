import * as z from 'zod'

export const NODE_TYPES = ['design', 'automation', 'api', 'deployer', 'govern'] as const
export const nodeType = z.enum(NODE_TYPES)
export type NodeType = z.infer<typeof nodeType>

export const TOPICS = [
  'generic',
  'generic-failure',
  'authfail',
  'apinode-query',
  'compute-resource-usage',
  'apicalls',
] as const
export const topic = z.enum(TOPICS)
export type Topic = z.infer<typeof topic>

/** Where delivered events go: `/audit-logs/<node_type>/…` or `/apinode-audit-logs/…`. */
export type EventStream = 'instance' | 'apinode'

/** Every msgType this application writes. Real names of DSS where they exist. */
export const MSG_TYPES = [
  'login-success',
  'login-failure',
  'logout',
  'session-read',
  'space-create',
  'space-save',
  'space-settings-read',
  'user-create',
  'user-save',
  'user-disable',
  'user-enable',
  'users-list',
  'directory-list',
  'invite-create',
  'invite-accept',
  'invite-revoke',
  'password-reset-link-create',
  'password-reset',
  'password-change',
  'setup-link-create',
  'group-create',
  'group-save',
  'group-delete',
  'groups-list',
  'personal-api-key-create',
  'personal-api-key-delete',
  'global-api-key-create',
  'global-api-key-delete',
  'api-keys-list',
  'node-create',
  'node-token-rotate',
  'node-revoke',
  'nodes-list',
  'node-event-conflict',
  'node-authentication-failure',
  'extension-activate',
  'extension-activated',
  'extension-activation-failed',
  'extension-deactivate',
  'extension-deactivated',
  'extension-deactivation-canceled',
  'extensions-list',
  'delivery-report-read',
  'admin-connection-create',
  'admin-connection-save',
  'admin-connection-delete',
  'admin-connection-permissions-save',
  'connection-access-list',
  'connections-list-names',
  'connection-details-read',
  'fsprovider-test',
  'fsprovider-browse',
  'project-create',
  'project-save',
  'project-delete',
  'project-permissions-save',
  'projects-list',
  'project-read',
  'dataset-draft-save',
  'dataset-create',
  'dataset-save',
  'dataset-delete',
  'dataset-rename',
  'dataset-list-files',
  'dataset-detect-partitioning',
  'dataset-detect-format',
  'dataset-list-partitions',
  'dataset-preview-start',
  'dataset-detect-schema',
  'dataset-read-data-sample',
  'dataset-read-data',
  'dataset-export',
  'dataset-read',
  'job-cancel',
  'job-read',
  'audit-events-read',
] as const
export type MsgType = (typeof MSG_TYPES)[number]

export type Outcome = 'success' | 'denied' | 'failed'
