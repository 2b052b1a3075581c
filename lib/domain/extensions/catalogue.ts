import * as z from 'zod'
import { DEPLOYERS, SPACE_ADMINISTRATORS } from '../access/subject'
import { STREAM_FOLDERS } from '../audit/object-key'
import type { EventStream } from '../audit/vocabulary'

export const extensionKeys = z.enum(['dku-audit-log', 'api-node'])
export type ExtensionKey = z.infer<typeof extensionKeys>

/** One thing an extension brings along: `Connection  dku-audit-log, read only`. */
export interface Created {
  label: string
  value: string
  /** The value is a name or a path, quoted as it is. */
  quoted: boolean
  /** In plain words after it. */
  note: string | null
}

const name = (label: string, value: string, note: string | null = null): Created => ({
  label,
  value,
  quoted: true,
  note,
})

export interface ExtensionFacts {
  key: ExtensionKey
  title: string
  description: string
  /** What the page lists under "What it adds". */
  creates: readonly Created[]
  stream: EventStream
  connectionName: string
  /** The one allowed prefix of its connection. */
  folder: string
  /** A group it brings along. */
  group: { name: string; description: string } | null
  /** Groups that may use its connection unless told otherwise. */
  defaultGroups: readonly string[]
  /** Whether Confirm lets them be chosen. */
  groupsAreChosen: boolean
  /** Entitlements under which it can be activated. */
  entitlements: readonly ('customer' | 'trial')[]
}

/** Everything a space can activate. A new extension is an entry here and its event stream. */
export const EXTENSIONS: Record<ExtensionKey, ExtensionFacts> = {
  'dku-audit-log': {
    key: 'dku-audit-log',
    title: 'dku-audit-log',
    description:
      'Delivers the audit events of every instance of this space as compressed files, and opens them through a connection.',
    creates: [
      name('Connection', 'dku-audit-log', 'read only'),
      name('Usable by, at first', SPACE_ADMINISTRATORS),
      name('Path', `${STREAM_FOLDERS.instance}<node_type>/YYYY/MM/DD/HH/`),
    ],
    stream: 'instance',
    connectionName: 'dku-audit-log',
    folder: STREAM_FOLDERS.instance,
    group: null,
    defaultGroups: [SPACE_ADMINISTRATORS],
    groupsAreChosen: false,
    entitlements: ['customer'],
  },
  'api-node': {
    key: 'api-node',
    title: 'API node',
    description:
      'Opens the queries answered by your API nodes. No further action is needed once it is active: nodes send with a token.',
    creates: [
      name('Connection', 'customer-audit-log', 'read only'),
      name('Usable by, at first', `${SPACE_ADMINISTRATORS}, ${DEPLOYERS}`),
      name('Group', DEPLOYERS),
      { label: 'Page', value: 'API nodes', quoted: false, note: null },
      name('Path', `${STREAM_FOLDERS.apinode}YYYY/MM/DD/HH/`),
    ],
    stream: 'apinode',
    connectionName: 'customer-audit-log',
    folder: STREAM_FOLDERS.apinode,
    group: {
      name: DEPLOYERS,
      description: 'People who deploy to API nodes. Made by the extension API node.',
    },
    defaultGroups: [SPACE_ADMINISTRATORS, DEPLOYERS],
    groupsAreChosen: true,
    entitlements: ['customer', 'trial'],
  },
}
