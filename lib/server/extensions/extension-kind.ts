import 'server-only'
import { administratorsOnly } from '#lib/domain/access/subject'
import {
  EXTENSIONS,
  type ExtensionFacts,
  type ExtensionKey,
  extensionKeys,
} from '#lib/domain/extensions/catalogue'
import { decideActivate, type Entitlement } from '#lib/domain/extensions/policy'
import { type ExtensionState, effectiveState, type StoredState } from '#lib/domain/extensions/state'
import type { ResourceKind } from '../access/resource-kind'
import { config } from '../platform/config'
import type { Tx } from '../platform/db/client'

/** An extension of a space: what it is, what is stored of it, and the state that amounts to. */
export interface ExtensionRow {
  spaceId: string
  facts: ExtensionFacts
  entitlement: Entitlement
  stored: Awaited<ReturnType<typeof findStored>>
  job: Awaited<ReturnType<typeof findJob>>
  state: ExtensionState
}

const findStored = (tx: Tx, spaceId: string, key: ExtensionKey) =>
  tx.extension.findUnique({ where: { spaceId_key: { spaceId, key } } })

const findJob = (tx: Tx, spaceId: string, id: string | null) =>
  id === null ? null : tx.job.findUnique({ where: { spaceId_id: { spaceId, id } } })

/** An extension of the catalogue with its state and the job under way; null for a key that is in none. */
export async function loadExtension(
  tx: Tx,
  spaceId: string,
  ref: { key: string },
): Promise<ExtensionRow | null> {
  const key = extensionKeys.safeParse(ref.key)
  if (!key.success) return null
  const stored = await findStored(tx, spaceId, key.data)
  const job = stored && (await findJob(tx, spaceId, stored.jobId))
  const underWay = job?.state === 'queued' || job?.state === 'running'
  const state = effectiveState((stored?.state ?? null) as StoredState | null, underWay)
  return { spaceId, facts: EXTENSIONS[key.data], entitlement: config().entitlement, stored, job, state }
}

export type ExtensionAction =
  | 'read'
  | 'activate'
  | 'work'
  | 'finish'
  | 'fail'
  | 'deactivate'
  | 'stop'
  | 'list-dependents'

export const extensionKind: ResourceKind<{ key: string }, ExtensionRow, ExtensionAction> = {
  name: 'extension',
  load: loadExtension,
  describe: ({ facts }) => ({ objectId: facts.key, name: facts.title }),
  actions: {
    read: {
      allows: administratorsOnly,
      event: {
        msgType: 'extensions-list',
        when: 'denied-only',
        because: 'polling for the steps of an activation',
      },
    },
    activate: {
      allows: (subject, { facts, entitlement }) => decideActivate(subject, facts, entitlement),
      event: { msgType: 'extension-activate', when: 'changed' },
    },
    work: { allows: administratorsOnly, event: { msgType: 'extension-activate', when: 'changed' } },
    finish: { allows: administratorsOnly, event: { msgType: 'extension-activated', when: 'changed' } },
    fail: { allows: administratorsOnly, event: { msgType: 'extension-activation-failed', when: 'changed' } },
    deactivate: { allows: administratorsOnly, event: { msgType: 'extension-deactivate', when: 'changed' } },
    stop: { allows: administratorsOnly, event: { msgType: 'extension-deactivated', when: 'changed' } },
    'list-dependents': {
      allows: administratorsOnly,
      event: { msgType: 'connection-access-list', when: 'read' },
    },
  },
}

/** All extensions of a space. */
export const extensionsKind: ResourceKind<null, { spaceId: string }, 'list'> = {
  name: 'extensions',
  load: async (_, spaceId) => ({ spaceId }),
  describe: () => ({ objectId: 'extensions', name: 'Extensions' }),
  actions: {
    list: { allows: administratorsOnly, event: { msgType: 'extensions-list', when: 'read' } },
  },
}
