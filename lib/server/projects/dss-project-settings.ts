import 'server-only'
import { readingOf, type TaggedFields } from '#lib/domain/field-tags'
import {
  type DssMetadata,
  type DssMetadataChange,
  type DssProjectSettings,
  fromDssMetadata,
  toDssMetadata,
} from '#lib/domain/projects/dss-json'
import { projectName } from '#lib/domain/projects/wire'
import { changed, readAs, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import type { Prisma } from '../platform/db/generated/client'
import { markReading } from '../platform/mark-reading'
import { keepWhatOthersSaved } from '../platform/nothing-lost'
import { type OwnSaves, withOwnSaves } from '../platform/own-saves'
import { parseInput } from '../platform/parse-input'
import { refuseTextOfGone } from '../platform/refuse-text-of-gone'
import { isProjectThere, projectKind } from './project-kind'
import { requireSmallMetadata } from './require-small'

/** Name, descriptions, tags and whatever else clients keep with a project. */
export function getDssMetadata(
  ctx: Context,
  projectKey: string,
): Promise<DssMetadata & { metadataTag: TaggedFields }> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ row }) => {
    const metadata = toDssMetadata(row)
    return { ...metadata, metadataTag: markReading(row, metadata) }
  })
}

/**
 * Saves metadata; what is left out stays, and so does what nobody here knows.
 * @throws Failure `conflict` when it would undo what others saved since the `metadataTag` that is sent; without one the last wins
 */
export function saveDssMetadata(
  ctx: Context,
  projectKey: string,
  { metadataTag, ...change }: DssMetadataChange,
): Promise<void> {
  const save = (own: OwnSaves) =>
    writeAs(ctx, projectKind, 'save', { projectKey }, async (authorized) => {
      const { row, tx } = authorized
      await refuseTextOfGone(metadataTag, { ...row, name: row.key }, (id) =>
        isProjectThere(tx, row.spaceId, id),
      )
      const before = toDssMetadata(row)
      const next = fromDssMetadata(before, change)
      const name = parseInput(projectName, next.name, 'body', ['label'])
      requireSmallMetadata(next.metadata)
      const after = toDssMetadata({ ...next, name })
      const saving = { id: row.id, tag: metadataTag, own, current: before, sent: after }
      keepWhatOthersSaved(`the metadata of ${row.key}`, saving)
      const differing = Object.keys({ ...before, ...after }).filter(
        (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
      )
      if (differing.length === 0) return unchanged(undefined)
      const only = (all: DssMetadata) => Object.fromEntries(differing.map((key) => [key, all[key]]))
      await authorized.tx.project.update({
        where: { id: row.id },
        data: { name, description: next.description, metadata: next.metadata as Prisma.InputJsonObject },
      })
      return changed(undefined, {
        msgType: 'project-save',
        objectType: 'project',
        objectId: projectKey,
        projectKey,
        before: only(before),
        after: only(after),
      })
    })
  const thing = `metadata of project ${metadataTag?.of ?? projectKey}`
  return withOwnSaves(ctx, thing, readingOf(metadataTag), save)
}

/** The settings that a client made the project with; nothing here follows them. */
export function getDssSettings(ctx: Context, projectKey: string): Promise<DssProjectSettings> {
  return readAs(ctx, projectKind, 'read', { projectKey }, async ({ row }) => {
    const { settings } = toDssMetadata(row)
    const kept = typeof settings === 'object' && settings !== null ? { ...settings } : {}
    return { projectKey: row.key, settings: kept, exposedObjects: { objects: [] } }
  })
}
