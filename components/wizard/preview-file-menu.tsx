'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { formatBytes } from '#lib/domain/format'
import { keepPathOrder } from '#lib/domain/keep-path-order'
import { BrowseDialog } from './browse-dialog'
import { folderOf } from './browse-model'
import type { WizardSource } from './use-wizard-source'

interface OtherFile {
  path: string
  sizeBytes: number
  modifiedAt: string
}

interface FileMenuProps {
  /** Of the button: `"Another file"`. */
  label: string
  definition: DatasetDefinition
  source: WizardSource
  /** What stands before the files. */
  lead?: readonly MenuEntry[]
  /** A file that is not offered: the one that stands there already. */
  except?: string | undefined
  /** Files beside the newest: of other ages, as far as some were looked at. */
  others?: readonly OtherFile[]
  onChoose: (path: string) => void
}

const MOST_OFFERED = 8

/** A file of the dataset to be: one of the newest that were listed, or any by browsing. */
export function FileMenu(props: FileMenuProps) {
  const { label, definition, source, lead = [], except, others = [], onChoose } = props
  const [browsing, setBrowsing] = useState(false)
  const { connection, bucket, path } = definition.params
  const root = folderOf(path)
  const newest = source.filesAreCurrent ? filesBut(except, source.files.report?.newest ?? []) : []
  const isOffered = ({ path: one }: { path: string }) => newest.some((file) => file.path === one)
  const older = filesBut(except, others.toSorted(byAge)).filter((file) => !isOffered(file))
  const kinds = source.filesAreCurrent ? (source.files.report?.kinds ?? []) : []
  const ofOtherKinds = filesBut(
    except,
    kinds.flatMap((kind) => (kind.newest ? [kind.newest] : [])),
  ).filter((file) => !isOffered(file) && older.every((one) => one.path !== file.path))
  const entryOf = (file: { path: string; sizeBytes: number }): MenuEntry => ({
    label: cutMiddle(file.path),
    second: formatBytes(file.sizeBytes),
    onSelect: () => onChoose(file.path),
  })
  const entries: MenuEntry[] = [
    ...lead,
    ...(newest.length > 0 ? [{ kind: 'caption' as const, label: 'Newest files' }] : []),
    ...newest.map(entryOf),
    ...(older.length > 0 ? [{ kind: 'caption' as const, label: 'Files of other ages' }] : []),
    ...older.map(entryOf),
    ...(ofOtherKinds.length > 0 ? [{ kind: 'caption' as const, label: 'Files of other kinds' }] : []),
    ...ofOtherKinds.map(entryOf),
    ...(newest.length + older.length + ofOtherKinds.length > 0 ? [{ kind: 'line' as const }] : []),
    { label: 'Browse files…', icon: 'folder', onSelect: () => setBrowsing(true) },
  ]
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" small>
            {label}
          </Button>
        }
        entries={entries}
      />
      {browsing && (
        <BrowseDialog
          connection={connection}
          bucket={bucket}
          start={root}
          choose="file"
          onClose={() => setBrowsing(false)}
          onChoose={(file) => onChoose(`/${file.slice(root.length)}`)}
        />
      )}
    </>
  )
}

/** The newest first. In one order however they come: those of an open menu stay where one points at them. */
const byAge = (a: OtherFile, b: OtherFile): number =>
  Date.parse(b.modifiedAt) - Date.parse(a.modifiedAt) || (a.path < b.path ? -1 : 1)

function filesBut<File extends { path: string }>(except: string | undefined, files: readonly File[]): File[] {
  return files.filter(({ path }) => path !== except).slice(0, MOST_OFFERED)
}

const LABEL_CHARS = 44

function cutMiddle(path: string): string {
  if (path.length <= LABEL_CHARS) return keepPathOrder(path)
  return `${keepPathOrder(path.slice(0, LABEL_CHARS / 2))}…${keepPathOrder(path.slice(-LABEL_CHARS / 2))}`
}
