import 'server-only'
import { decideUse } from '#lib/domain/connections/policy'
import type { ActionRule, ResourceKind } from '../access/resource-kind'
import { connectionKind } from '../connections/connection-kind'
import type { ConnectionRef, ConnectionRow } from '../connections/load-connection'
import { connectionPlace } from '../connections/store-target'

type FilesAction =
  | 'browse'
  | 'list-files'
  | 'detect-partitioning'
  | 'preview'
  | 'detect-format'
  | 'detect-schema'

const reading = (msgType: ActionRule<ConnectionRow>['event']['msgType']): ActionRule<ConnectionRow> => ({
  allows: decideUse,
  event: { msgType, when: 'read' },
})

/** A connection as the place where the wizard looks at files: all of it needs "Freely usable by". */
export const connectionFilesKind: ResourceKind<ConnectionRef, ConnectionRow, FilesAction> = {
  name: 'connection',
  load: connectionKind.load,
  standsFor: connectionPlace,
  describe: connectionKind.describe,
  actions: {
    browse: reading('fsprovider-browse'),
    'list-files': reading('dataset-list-files'),
    'detect-partitioning': reading('dataset-detect-partitioning'),
    preview: reading('dataset-preview-start'),
    'detect-format': reading('dataset-detect-format'),
    'detect-schema': reading('dataset-detect-schema'),
  },
}
