import 'server-only'
import { refuseUnseen, type Subject } from '#lib/domain/access/subject'
import { requireLevel } from '#lib/domain/projects/policy'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
import { currentMembers } from '../projects/project-kind'

/** A draft is one of its project alone. */
export interface DraftRef {
  projectKey: string
  draftId: string
}

async function load(tx: Tx, spaceId: string, { projectKey, draftId }: DraftRef) {
  return tx.datasetDraft.findFirst({
    where: {
      spaceId,
      id: draftId,
      expiresAt: { gt: now() },
      project: { key: projectKey, removedAt: null },
    },
    include: { project: { include: currentMembers(now()) } },
  })
}

export type DraftRow = NonNullable<Awaited<ReturnType<typeof load>>>

/** A draft belongs to its author, as long as they may write in its project. */
function decide(subject: Subject, row: DraftRow) {
  if (row.authorId !== subject.userId) return refuseUnseen('to be the author of this draft')
  return requireLevel(subject, row.project, 'write')
}

const because = 'settings of a wizard in progress, seen by their author alone'

export const draftKind: ResourceKind<DraftRef, DraftRow, 'read' | 'write'> = {
  name: 'draft',
  load,
  lock: (row) => ({ table: 'dataset_draft', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: 'draft', projectKey: row.project.key }),
  actions: {
    read: { allows: decide, event: { msgType: 'dataset-draft-save', when: 'denied-only', because } },
    write: { allows: decide, event: { msgType: 'dataset-draft-save', when: 'denied-only', because } },
  },
}
