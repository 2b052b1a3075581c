import 'server-only'
import { type DssTags, toDssMetadata } from '#lib/domain/projects/dss-json'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { projectDatasetsKind } from '../project-datasets-kind'

/** The tags that a project and its datasets have, by name. */
export function listDssTags(ctx: Context, projectKey: string): Promise<DssTags> {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row }) => {
    const datasets = await tx.dataset.findMany({
      where: { spaceId: row.spaceId, projectId: row.id },
      select: { settings: true },
    })
    const lists = [toDssMetadata(row).tags, ...datasets.map(({ settings }) => tagsOf(settings))]
    const names = [...new Set(lists.flat())].filter((tag) => typeof tag === 'string').sort()
    return { tags: Object.fromEntries(names.map((name) => [name, { color: null }])) }
  })
}

function tagsOf(settings: unknown): unknown[] {
  const tags = typeof settings === 'object' && settings !== null && 'tags' in settings ? settings.tags : []
  return Array.isArray(tags) ? tags : []
}
