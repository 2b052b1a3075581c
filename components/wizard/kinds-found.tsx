'use client'

import { Button } from '#components/ui/button'
import { type Column, Table } from '#components/ui/table'
import { markersOf, nameKind, sayKindFolders, sayKinds } from '#lib/domain/datasets/file-kinds'
import type { FileKind, FilesReport } from '#lib/domain/datasets/files-wire'
import { formatBytes, formatCount } from '#lib/domain/format'

interface KindsFoundProps {
  report: FilesReport
  /** Gives what takes a kind alone, null where the rules stand against that; null where nothing can be changed. */
  onKeepOnly: ((kind: FileKind) => (() => void) | null) | null
}

const sayContent = (kind: FileKind): string =>
  nameKind(kind.contents) ?? (markersOf(kind) === kind.files ? 'empty marker' : '–')

/** What kinds of files there are, by name ending and by what lies in them, each with the way to take it alone. */
export function KindsFound({ report, onKeepOnly }: KindsFoundProps) {
  const { kinds, otherKinds } = report
  if (kinds.length === 0) return null
  const taken = kinds.filter(({ kept }) => kept > 0)
  const isAlone = (kind: FileKind) => taken.length === 1 && taken[0] === kind && kind.kept === kind.files
  const isMixed = kinds.length > 1 || otherKinds.files > 0
  return (
    <section className="stack gap-2" aria-label="Kinds of files here">
      <p>
        <span className="muted">Kinds of files here{report.complete ? '' : ', so far'}:</span>{' '}
        {sayKinds(report)}
      </p>
      {isMixed && (
        <Table
          label="Kinds of files here"
          cards={false}
          columns={columnsFor(isAlone, onKeepOnly)}
          rows={kinds}
          rowKey={({ ending }) => ending}
        />
      )}
      {kinds.map((kind) => {
        const folders = sayKindFolders(kind)
        return folders === null ? null : (
          <p key={kind.ending} className="small muted wrap-anywhere">
            {folders}
          </p>
        )
      })}
    </section>
  )
}

function columnsFor(
  isAlone: (kind: FileKind) => boolean,
  onKeepOnly: KindsFoundProps['onKeepOnly'],
): Column<FileKind>[] {
  return [
    {
      id: 'ending',
      header: 'Name ends in',
      look: 'clip',
      cell: ({ ending }) =>
        ending === '' ? <span className="muted">no ending</span> : <span className="mono">{ending}</span>,
    },
    { id: 'content', header: 'Is', width: 112, cell: sayContent },
    {
      id: 'files',
      header: 'Files',
      look: 'num',
      cell: ({ files, kept }) =>
        kept === files ? formatCount(files) : `${formatCount(kept)} of ${formatCount(files)}`,
    },
    {
      id: 'size',
      header: 'Size',
      look: 'num',
      width: 88,
      wideOnly: true,
      cell: ({ sizeBytes }) => formatBytes(sizeBytes),
    },
    {
      id: 'keep',
      header: 'Keep only these',
      headerHidden: true,
      look: 'when',
      width: 128,
      cell: (kind) =>
        isAlone(kind) ? (
          <span className="muted">kept alone</span>
        ) : (
          <KeepButton kind={kind} onKeepOnly={onKeepOnly} />
        ),
    },
  ]
}

/** Rules that go by other things than endings are not thrown away: what they leave out would come back. */
function KeepButton({ kind, onKeepOnly }: Pick<KindsFoundProps, 'onKeepOnly'> & { kind: FileKind }) {
  const keep = onKeepOnly?.(kind) ?? null
  const reason =
    onKeepOnly === null
      ? 'Nothing can be changed here.'
      : 'The rules include files by other things than their endings: change them under the advanced options.'
  return (
    <Button
      small
      aria-label={`Keep only these: ${kind.ending || 'no ending'}`}
      disabledReason={keep === null ? reason : null}
      onClick={() => keep?.()}
    >
      Keep only these
    </Button>
  )
}
