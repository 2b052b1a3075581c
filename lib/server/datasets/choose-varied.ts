import 'server-only'
import { endingOf } from '#lib/domain/datasets/file-kinds'
import { pickEvenly } from '#lib/domain/pick-evenly'
import type { SpreadFile } from './choose-spread'

/**
 * Picks files of different ages and sizes out of those that were met, oldest first: of the kind that is met most, the oldest
 * and the newest, the largest and the smallest, and others evenly between.
 */
export function pickVaried(files: readonly SpreadFile[], most: number): SpreadFile[] {
  const ofKind = ofLargestKind(files)
  if (ofKind.length <= most) return ofKind
  const bySize = [...ofKind].sort((a, b) => a.sizeBytes - b.sizeBytes)
  const picked = new Set(
    [ofKind[0], ofKind.at(-1), bySize[0], bySize.at(-1)].filter((file) => file !== undefined),
  )
  for (const file of pickEvenly(ofKind, most)) if (picked.size < most) picked.add(file)
  return ofKind.filter((file) => picked.has(file))
}

function ofLargestKind(files: readonly SpreadFile[]): SpreadFile[] {
  const kinds = Map.groupBy(files, ({ path }) => endingOf(path))
  const [largest] = [...kinds.values()].sort((a, b) => b.length - a.length || newest(b) - newest(a))
  return largest ?? []
}

const newest = (files: readonly SpreadFile[]) => Math.max(...files.map(({ modifiedAtMs }) => modifiedAtMs))
