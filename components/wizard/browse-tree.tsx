// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its item with aria-activedescendant
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a list of folders that open is a tree
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree takes the keys of its items

'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { type CSSProperties, Fragment, type KeyboardEvent, useId, useRef, useState } from 'react'
import { Icon } from '#components/ui/icon'
import { folderQuery } from '#lib/client/files'

interface Place {
  connection: string
  bucket: string | null
}

interface BrowseTreeProps extends Place {
  /** The folder that is shown beside it; its ancestors stand open. */
  folder: string
  onGo: (folder: string) => void
}

/** The folders of a connection as a tree, one tab stop: arrows move, open and close, Enter shows a folder. */
export function BrowseTree({ connection, bucket, folder, onGo }: BrowseTreeProps) {
  const id = useId()
  const tree = useRef<HTMLUListElement>(null)
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [pointed, setPointed] = useState<string | null>(null)
  const current = pointed ?? folder
  const isOpen = (path: string) => toggled.get(path) ?? folder.startsWith(path)
  const toggle = (path: string, open: boolean) => setToggled((now) => new Map(now).set(path, open))

  function onKeyDown(event: KeyboardEvent) {
    const items = [...(tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
    const paths = items.map((item) => item.dataset.path ?? '')
    const at = Math.max(0, paths.indexOf(current))
    const path = paths[at]
    if (path === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const move = (to: number) => {
      const next = Math.max(0, Math.min(to, items.length - 1))
      setPointed(paths[next] ?? null)
      items[next]?.scrollIntoView({ block: 'nearest' })
    }
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(items.length - 1),
      ArrowRight: () => (isOpen(path) ? move(at + 1) : toggle(path, true)),
      ArrowLeft: () =>
        isOpen(path) ? toggle(path, false) : move(paths.findLastIndex((one) => isAbove(one, path))),
      Enter: () => onGo(path),
    }
    const act = keys[event.key]
    if (act) act()
    else if (event.key.length === 1) {
      const step = [...paths.keys()].map((index) => (at + 1 + index) % paths.length)
      const found = step.find((index) =>
        items[index]?.textContent?.toLowerCase().startsWith(event.key.toLowerCase()),
      )
      if (found !== undefined) move(found)
    } else return
    event.preventDefault()
  }
  return (
    <ul
      ref={tree}
      className="tree"
      role="tree"
      aria-label="Folders"
      aria-activedescendant={`${id}${current}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => setPointed(null)}
    >
      <Branch
        id={id}
        connection={connection}
        bucket={bucket}
        path="/"
        depth={0}
        current={current}
        shown={folder}
        isOpen={isOpen}
        onToggle={toggle}
        onGo={onGo}
      />
    </ul>
  )
}

const isAbove = (folder: string, path: string) => path !== folder && path.startsWith(folder)

interface BranchProps extends Place {
  id: string
  path: string
  depth: number
  current: string
  shown: string
  isOpen: (path: string) => boolean
  onToggle: (path: string, open: boolean) => void
  onGo: (folder: string) => void
}

/** The folders in one folder, as far as they are loaded, each with its own below it while it is open. */
function Branch(props: BranchProps) {
  const { id, connection, bucket, path, depth, current, shown, isOpen, onToggle, onGo } = props
  const { data } = useInfiniteQuery({ ...folderQuery({ connection, bucket, path }), retry: false })
  const folders = data?.pages.flatMap((page) => page.folders) ?? []
  return folders.map((folder) => {
    const open = isOpen(folder)
    return (
      <Fragment key={folder}>
        <li
          role="treeitem"
          id={`${id}${folder}`}
          data-path={folder}
          aria-level={depth + 1}
          aria-expanded={open}
          aria-selected={folder === shown}
          className={folder === current && folder !== shown ? 'bg-(--hover)' : undefined}
          style={{ '--d': depth } as CSSProperties}
          onClick={() => onGo(folder)}
        >
          <Icon
            name={open ? 'down' : 'right'}
            onClick={(event) => {
              event.stopPropagation()
              onToggle(folder, !open)
            }}
          />
          <Icon name="folder" />
          {folder.slice(path.length, -1)}
        </li>
        {open && <Branch {...props} path={folder} depth={depth + 1} />}
      </Fragment>
    )
  })
}
