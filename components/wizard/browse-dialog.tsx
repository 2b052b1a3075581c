'use client'

import { useRef, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Skeleton } from '#components/ui/skeleton'
import { formatCount } from '#lib/domain/format'
import { BrowseEntries } from './browse-entries'
import type { BrowseEntry } from './browse-model'
import { PathBar } from './browse-path-bar'
import { type Choosing, type MarkedFiles, TakeButton, useMarkedFiles } from './browse-take'
import { BrowseTree } from './browse-tree'
import { type BrowsedFolder, type BrowsedPlace, useBrowsedFolder } from './use-browsed-folder'

type BrowseDialogProps = BrowsedPlace & Choosing & { onClose: () => void }

/** The real bucket, as far as the connection opens it: folders, files, sizes and dates, by mouse or by keys. */
export function BrowseDialog(props: BrowseDialogProps) {
  const { connection, bucket, onClose } = props
  const grid = useRef<HTMLTableElement>(null)
  const open = useBrowsedFolder(props)
  const files = useMarkedFiles(props)
  const [current, setCurrent] = useState<BrowseEntry | null>(null)
  const go = (folder: string, from: string | null = null) => {
    open.go(folder, from)
    grid.current?.focus()
  }
  const take = (path: string) => {
    onClose()
    if (props.choose !== 'files') props.onChoose(path)
  }
  const takeFiles = () => {
    onClose()
    files?.take()
  }
  const openEntry = (entry: BrowseEntry) => {
    if (entry.kind === 'folder') go(entry.path)
    else if (files) files.toggle(entry.path)
    else if (props.choose === 'file') take(entry.path)
  }
  return (
    <Dialog
      open
      bare
      onOpenChange={(next) => !next && onClose()}
      title={`Browse ${connection}`}
      initialFocus={grid}
      footer={
        <>
          <span className="grow">{sayFolder(open, files)}</span>
          <Button onClick={onClose}>Cancel</Button>
          <TakeButton
            choose={props.choose}
            files={files}
            folder={open.folder}
            current={current}
            onTake={take}
            onTakeFiles={takeFiles}
          />
        </>
      }
    >
      <PathBar folder={open.folder} onGo={go} />
      <div className="browse">
        <BrowseTree connection={connection} bucket={bucket} folder={open.folder} onGo={open.go} />
        <BrowseEntries
          ref={grid}
          entries={open.entries}
          folder={open.folder}
          from={open.from}
          hasMore={open.query.hasNextPage}
          loading={open.query.isFetching}
          loadMore={open.loadMore}
          onOpen={openEntry}
          onPoint={setCurrent}
          marked={files?.marked ?? null}
          onUp={() => open.parent && go(open.parent, open.folder)}
        >
          <FolderState open={open} />
        </BrowseEntries>
      </div>
    </Dialog>
  )
}

/** Under the entries: that they are loading, what failed, that there are none. */
function FolderState({ open: { query, entries } }: { open: BrowsedFolder }) {
  return (
    <>
      {query.isPending && <Skeleton label="Loading the folder" rows={6} />}
      {query.error && <ProblemNotice error={query.error} onRetry={() => query.refetch()} />}
      {query.data && entries.length === 0 && (
        <p className="muted" role="status">
          {query.data.pages[0]?.emptyBecause ?? 'There is nothing in this folder.'}
        </p>
      )}
    </>
  )
}

function sayFolder({ folder, entries, query }: BrowsedFolder, files: MarkedFiles | null): string {
  if (files && !folder.startsWith(files.below)) return `Only files below ${files.below} can be chosen`
  if (query.isPending) return ''
  const more = query.hasNextPage
  const noun = entries.length === 1 && !more ? 'entry' : 'entries'
  return `${formatCount(entries.length)}${more ? '+' : ''} ${noun} · type to jump`
}
