import { parsePartitioning } from '#lib/domain/partitioning/pattern/path-pattern'
import { planPrefixes } from '#lib/domain/partitioning/pattern/prefix-plan'
import { bindItem } from '#lib/domain/partitioning/range/bound-range'
import type { PartitioningWire } from '#lib/domain/partitioning/wire'

/** The deepest folder that holds all of a partition's files, below the dataset's path: `/design/2026/11/22/`. */
export function folderOfPartition(partitioning: PartitioningWire, id: string): string {
  const parsed = parsePartitioning(partitioning)
  if (!parsed.ok || !parsed.value) return '/'
  const item = bindItem({ kind: 'exact', source: id }, partitioning.dimensions, 0)
  const [first, ...others] = item ? planPrefixes(parsed.value, [item]) : []
  if (!first || others.length > 0) return '/'
  return first.prefix.slice(0, first.prefix.lastIndexOf('/') + 1) || '/'
}
