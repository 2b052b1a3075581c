import 'server-only'
import { type Draft, type DraftSave, wizardSettings } from '#lib/domain/datasets/draft-wire'
import { Failure } from '#lib/domain/errors'
import { readAs, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { now } from '../platform/clock'
import type { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { type DraftRef, type DraftRow, draftKind } from './draft-kind'
import { projectDatasetsKind } from './project-datasets-kind'

const KEPT_MS = 30 * 86_400_000

/** Begins a draft of the caller's own in a project they may write in. */
export function createDraft(
  ctx: Context,
  projectKey: string,
  settings: DraftSave['settings'],
): Promise<Draft> {
  return writeAs(ctx, projectDatasetsKind, 'draft', { projectKey }, async ({ tx, row, subject, at }) => {
    const created = await tx.datasetDraft.create({
      data: {
        id: newId(),
        spaceId: row.spaceId,
        projectId: row.id,
        // Persons alone are let in here.
        authorId: subject.userId ?? '',
        settings: settings as Prisma.InputJsonObject,
        expiresAt: new Date(at.getTime() + KEPT_MS),
      },
    })
    return unchanged(toDraft(created))
  })
}

/** Gives a draft to who began it. */
export function getDraft(ctx: Context, ref: DraftRef): Promise<Draft> {
  return readAs(ctx, draftKind, 'read', ref, async ({ row }) => toDraft(row))
}

/** Saves a draft over the version it was read at; another tab's save in between is told with what it saved. */
export function saveDraft(ctx: Context, ref: DraftRef, { version, settings }: DraftSave): Promise<Draft> {
  return writeAs(ctx, draftKind, 'write', ref, async ({ tx, row }) => {
    const [saved] = await tx.datasetDraft.updateManyAndReturn({
      where: { id: row.id, version },
      data: {
        settings: settings as Prisma.InputJsonObject,
        version: { increment: 1 },
        expiresAt: new Date(now().getTime() + KEPT_MS),
      },
    })
    if (!saved) throw changedInAnotherTab(row)
    return unchanged(toDraft(saved))
  })
}

/** Deletes a draft for good. */
export function discardDraft(ctx: Context, ref: DraftRef): Promise<void> {
  return writeAs(ctx, draftKind, 'write', ref, async ({ tx, row }) => {
    await tx.datasetDraft.delete({ where: { id: row.id } })
    return unchanged(undefined)
  })
}

/** The caller's drafts in a project, the last changed first: what "Continue" offers. */
export function listDrafts(ctx: Context, projectKey: string) {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row, subject }) => {
    if (!subject.userId) return { drafts: [] }
    const drafts = await tx.datasetDraft.findMany({
      where: { spaceId: row.spaceId, projectId: row.id, authorId: subject.userId, expiresAt: { gt: now() } },
      orderBy: { updatedAt: 'desc' },
      take: 50,
    })
    return {
      drafts: drafts.map(toDraft).map(({ id, settings, updatedAt }) => ({
        id,
        name: settings.name,
        connection: settings.definition.params.connection,
        updatedAt,
      })),
    }
  })
}

type StoredDraft = Pick<DraftRow, 'id' | 'version' | 'settings' | 'updatedAt' | 'expiresAt'>

const toDraft = (row: StoredDraft): Draft => ({
  id: row.id,
  version: row.version,
  settings: wizardSettings.parse(row.settings),
  updatedAt: row.updatedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})

const changedInAnotherTab = (row: StoredDraft) =>
  new Failure('conflict', 'Changed in another tab.', {
    reason: 'changed-in-another-tab',
    remedy: 'Reload to take what the other tab saved, or keep yours.',
    facts: { theirs: toDraft(row) },
  })
