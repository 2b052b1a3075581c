'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Skeleton } from '#components/ui/skeleton'
import { folderQuery } from '#lib/client/files'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { BrowseEntries } from './browse-entries'
import { type BrowseEntry, parentOf, toEntries } from './browse-model'
import { PathBar } from './browse-path-bar'
import { BrowseTree } from './browse-tree'

interface Place {
  connection: string
  bucket: string | null
  /** The folder it opens in. */
  start: string
  onClose: () => void
}

interface ChoosingOne {
  choose: 'folder' | 'file'
  onChoose: (path: string) => void
}

interface ChoosingFiles {
  choose: 'files'
  /** Those that are chosen already, whole paths. */
  marked: readonly string[]
  /** The folder that they have to be in. */
  below: string
  onChooseFiles: (paths: string[]) => void
}

type BrowseDialogProps = Place & (ChoosingOne | ChoosingFiles)

/** The real bucket, as far as the connection opens it: folders, files, sizes and dates, by mouse or by keys. */
export function BrowseDialog(props: BrowseDialogProps) {
  const { connection, bucket, start, onClose } = props
  const files = props.choose === 'files' ? props : null
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => new Set(files?.marked))
  const [at, setAt] = useState({ folder: start, from: null as string | null })
  const [current, setCurrent] = useState<BrowseEntry | null>(null)
  const grid = useRef<HTMLTableElement>(null)
  const query = useInfiniteQuery({ ...folderQuery({ connection, bucket, path: at.folder }), retry: false })
  const { data, hasNextPage, isFetching, fetchNextPage } = query
  const entries = useMemo(() => toEntries(data?.pages ?? []), [data])
  const loadMore = useCallback(() => {
    if (!isFetching) void fetchNextPage()
  }, [isFetching, fetchNextPage])
  const go = (folder: string, from: string | null = null) => {
    setAt({ folder, from })
    grid.current?.focus()
  }
  const goUp = () => {
    const parent = parentOf(at.folder)
    if (parent) go(parent, at.folder)
  }
  const take = (path: string) => {
    onClose()
    if (props.choose !== 'files') props.onChoose(path)
  }
  const takeMarked = () => {
    onClose()
    files?.onChooseFiles([...marked].sort())
  }
  const mark = (path: string) => {
    if (files && path.startsWith(files.below)) setMarked((now) => toggled(now, path))
  }
  const open = (entry: BrowseEntry) => {
    if (entry.kind === 'folder') go(entry.path)
    else if (files) mark(entry.path)
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
          <span className="grow">
            {files && !at.folder.startsWith(files.below)
              ? `Only files below ${files.below} can be chosen`
              : sayEntries(entries.length, hasNextPage, query.isPending)}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          {files ? (
            <Button variant="primary" onClick={takeMarked}>
              Use {formatQuantity(marked.size, 'file')}
            </Button>
          ) : (
            <TakeButton choose={props.choose} folder={at.folder} current={current} onTake={take} />
          )}
        </>
      }
    >
      <PathBar folder={at.folder} onGo={go} />
      <div className="browse">
        <BrowseTree
          connection={connection}
          bucket={bucket}
          folder={at.folder}
          onGo={(folder) => setAt({ folder, from: null })}
        />
        <BrowseEntries
          ref={grid}
          entries={entries}
          folder={at.folder}
          from={at.from}
          hasMore={hasNextPage}
          loading={isFetching}
          loadMore={loadMore}
          onOpen={open}
          onPoint={setCurrent}
          marked={files ? marked : null}
          onUp={goUp}
        >
          {query.isPending && <Skeleton label="Loading the folder" rows={6} />}
          {query.error && <ProblemNotice error={query.error} onRetry={() => query.refetch()} />}
          {data && entries.length === 0 && (
            <p className="muted" role="status">
              {data.pages[0]?.emptyBecause ?? 'There is nothing in this folder.'}
            </p>
          )}
        </BrowseEntries>
      </div>
    </Dialog>
  )
}

interface TakeButtonProps {
  choose: BrowseDialogProps['choose']
  folder: string
  /** What the cursor is at. */
  current: BrowseEntry | null
  onTake: (path: string) => void
}

/** Takes the folder that is open, or the file that is pointed at. */
function TakeButton({ choose, folder, current, onTake }: TakeButtonProps) {
  if (choose === 'folder') {
    return (
      <Button variant="primary" className="min-w-0" onClick={() => onTake(folder)}>
        <span className="truncate">Choose {folder}</span>
      </Button>
    )
  }
  const file = current?.kind === 'file' ? current : null
  return (
    <Button
      variant="primary"
      className="min-w-0"
      disabledReason={file ? null : 'Choose a file first.'}
      onClick={() => file && onTake(file.path)}
    >
      <span className="truncate">{file ? `Use ${file.name}` : 'Use this file'}</span>
    </Button>
  )
}

function toggled(now: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(now)
  if (!next.delete(path)) next.add(path)
  return next
}

function sayEntries(count: number, more: boolean, pending: boolean): string {
  if (pending) return ''
  return `${formatCount(count)}${more ? '+' : ''} ${count === 1 && !more ? 'entry' : 'entries'} · type to jump`
}
