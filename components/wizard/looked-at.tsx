'use client'

import { MiddleTruncate } from '#components/ui/middle-truncate'
import { PathText } from '#components/ui/path-text'
import { Status } from '#components/ui/status'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { formatBytes, formatQuantity } from '#lib/domain/format'
import type { Detection } from '#lib/domain/formats/detection'

type File = Detection['files'][number]

const COLUMNS: Column<File>[] = [
  {
    id: 'path',
    header: 'File',
    card: 'head',
    cell: ({ path }) => <MiddleTruncate text={path} tail={24} what="path" />,
  },
  { id: 'size', header: 'Size', look: 'num', width: 84, cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
  {
    id: 'modified',
    header: 'Modified',
    look: 'when',
    width: 112,
    cell: (file) => <Time at={file.modifiedAt} />,
  },
  { id: 'content', header: 'Content', width: 136, cell: sayContent },
]

/** The files that were looked at; those that could not be read are named with the reason, open or not. */
export function LookedAt({ files }: { files: readonly File[] }) {
  const unreadable = files.filter(({ problem }) => problem !== null)
  return (
    <div className="stack gap-2">
      {unreadable.map(({ path, problem }) => (
        <Status key={path} kind="warn">
          <span className="whitespace-normal wrap-anywhere">
            <span className="mono">
              <PathText path={path} />
            </span>{' '}
            could not be read whole: {problem}
          </span>
        </Status>
      ))}
      {files.length > 0 && (
        <details className="small">
          <summary className="cursor-pointer">{formatQuantity(files.length, 'file')} looked at</summary>
          <div className="card mt-2 overflow-x-auto">
            <Table label="Files looked at" columns={COLUMNS} rows={files} rowKey={({ path }) => path} />
          </div>
        </details>
      )}
    </div>
  )
}

function sayContent({ problem, looksLike, charset, compression }: File): string {
  if (problem !== null) return 'Not readable'
  const content = looksLike ?? charset
  return compression === 'none' ? content : `${content}, ${compression}`
}
