// biome-ignore-all lint/a11y/useSemanticElements: a table whose rows are chosen by keys is a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its row with aria-activedescendant
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: as above
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys of its rows

'use client'

import { type ReactNode, type Ref, type UIEvent, useEffect, useId } from 'react'
import { Icon } from '#components/ui/icon'
import { Time } from '#components/ui/time'
import { formatBytes } from '#lib/domain/format'
import type { BrowseEntry } from './browse-model'
import { useBrowseCursor } from './use-browse-cursor'

const NEAR_END_PX = 320

interface BrowseEntriesProps {
  entries: readonly BrowseEntry[]
  folder: string
  from: string | null
  hasMore: boolean
  loading: boolean
  loadMore: () => void
  /** Enter or a second click. */
  onOpen: (entry: BrowseEntry) => void
  onPoint: (entry: BrowseEntry | null) => void
  /** Files that are chosen, where several can be; opening one chooses it or not. */
  marked: ReadonlySet<string> | null
  onUp: () => void
  ref: Ref<HTMLTableElement>
  /** Under the entries: that they are loading, that there are none, what failed. */
  children: ReactNode
}

/** The entries of a folder, one tab stop. */
export function BrowseEntries(props: BrowseEntriesProps) {
  const { entries, folder, from, hasMore, loading, loadMore, onOpen, onPoint, marked, onUp } = props
  const id = useId()
  const { index, point, onKeyDown } = useBrowseCursor({
    entries,
    folder,
    from,
    hasMore,
    loadMore,
    open: onOpen,
    goUp: onUp,
  })
  const current = entries[index] ?? null
  useEffect(() => onPoint(current), [current, onPoint])
  useEffect(() => {
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, index])
  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
    if (hasMore && scrollHeight - scrollTop - clientHeight < NEAR_END_PX) loadMore()
  }
  return (
    <div className="overflow-auto" onScroll={onScroll}>
      <table
        ref={props.ref}
        className="table"
        role="grid"
        aria-label="Entries"
        aria-busy={loading}
        aria-activedescendant={current ? `${id}-${index}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="num w-24">
              Size
            </th>
            <th scope="col" className="when only-l w-52">
              Changed
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, row) => (
            <tr
              key={entry.path}
              id={`${id}-${row}`}
              className="cursor-pointer aria-selected:bg-(--accent-soft)"
              aria-selected={row === index}
              onClick={() => {
                point(row)
                if (entry.kind === 'folder' || marked || row === index) onOpen(entry)
              }}
            >
              <td className="clip">
                <span className="row">
                  {marked && entry.kind === 'file' && (
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      readOnly
                      checked={marked.has(entry.path)}
                      aria-label={`Choose ${entry.name}`}
                    />
                  )}
                  <Icon name={entry.kind === 'folder' ? 'folder' : 'file'} />
                  <span className="mono truncate" title={entry.path}>
                    {entry.name}
                  </span>
                </span>
              </td>
              <td className="num">{entry.sizeBytes === null ? '–' : formatBytes(entry.sizeBytes)}</td>
              <td className="when only-l muted">
                {entry.modifiedAt ? <Time at={entry.modifiedAt} as="exact" /> : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="p-4 empty:hidden">{props.children}</div>
    </div>
  )
}
