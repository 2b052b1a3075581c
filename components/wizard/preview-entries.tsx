import { MiddleTruncate } from '#components/ui/middle-truncate'
import type { FilesPreview } from '#lib/domain/datasets/files-preview'
import { formatQuantity } from '#lib/domain/format'

/** Which files of an archive the records stand in; nothing for what is no archive. */
export function PreviewEntries({ preview: { rows } }: { preview: FilesPreview }) {
  const entries = new Set(rows.flatMap(({ entry }) => entry ?? []))
  const [first, ...others] = entries
  if (first === undefined) return null
  if (others.length > 0) return <span>from {formatQuantity(entries.size, 'file')} of the archive</span>
  return (
    <span className="flex min-w-0 gap-1">
      from
      <MiddleTruncate text={first} what="name in the archive" />
    </span>
  )
}
