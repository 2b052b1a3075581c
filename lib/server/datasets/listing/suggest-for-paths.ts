import 'server-only'
import { suggestPartitioning } from '#lib/domain/partitioning/suggest/suggest'
import type { SuggestionRequest, Suggestions } from '#lib/domain/partitioning/suggest/suggest-wire'
import { hasDays } from '#lib/domain/partitioning/suggest/suggestion'
import { tellUnreadDates } from '#lib/domain/partitioning/suggest/unread-dates'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { connectionKind } from '../../connections/connection-kind'

/** Partitionings for paths that the caller knows of a connection; nothing is read of it. */
export function suggestForPaths(
  ctx: Context,
  { connection: name, examples }: SuggestionRequest,
): Promise<Suggestions> {
  return readAs(ctx, connectionKind, 'use', { name }, async () => {
    const changes = new Map(
      examples.map(({ path, modifiedAt }) => [
        path,
        modifiedAt === undefined ? undefined : Date.parse(modifiedAt),
      ]),
    )
    const paths = examples.map(({ path }) => path)
    const found = suggestPartitioning(paths, { changedAt: (path) => changes.get(path) })
    const unread = hasDays(found) ? null : tellUnreadDates(paths)
    return {
      ...(unread === null ? {} : { unread }),
      suggestions: found.map((one) => ({ ...one, dimensions: one.dimensions.map((each) => ({ ...each })) })),
    }
  })
}
