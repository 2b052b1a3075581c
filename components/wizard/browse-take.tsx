'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { PathText } from '#components/ui/path-text'
import { formatQuantity } from '#lib/domain/format'
import type { BrowseEntry } from './browse-model'

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

/** What a browser of files is opened for. */
export type Choosing = ChoosingOne | ChoosingFiles

/** The files that are chosen so far; null where one folder or file is. */
export function useMarkedFiles(choosing: Choosing) {
  const files = choosing.choose === 'files' ? choosing : null
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => new Set(files?.marked))
  if (!files) return null
  return {
    marked,
    below: files.below,
    toggle: (path: string) => {
      if (path.startsWith(files.below)) setMarked((now) => toggled(now, path))
    },
    take: () => files.onChooseFiles([...marked].sort()),
  }
}

export type MarkedFiles = NonNullable<ReturnType<typeof useMarkedFiles>>

function toggled(now: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(now)
  if (!next.delete(path)) next.add(path)
  return next
}

interface TakeButtonProps {
  choose: Choosing['choose']
  /** Those that are chosen, where several can be. */
  files: MarkedFiles | null
  folder: string
  /** What the cursor is at. */
  current: BrowseEntry | null
  onTake: (path: string) => void
  onTakeFiles: () => void
}

/** Takes the folder that is open, the file that is pointed at, or those that are marked. */
export function TakeButton({ choose, files, folder, current, onTake, onTakeFiles }: TakeButtonProps) {
  if (files) {
    return (
      <Button variant="primary" onClick={onTakeFiles}>
        Use {formatQuantity(files.marked.size, 'file')}
      </Button>
    )
  }
  if (choose === 'folder') {
    return (
      <Button variant="primary" className="min-w-0" onClick={() => onTake(folder)}>
        <span className="truncate">
          Choose <PathText path={folder} />
        </span>
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
