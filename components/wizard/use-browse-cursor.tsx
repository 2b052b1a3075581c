'use client'

import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type BrowseEntry, findTyped } from './browse-model'

const TYPING_MS = 800
const PAGE_ROWS = 10

interface CursorOptions {
  entries: readonly BrowseEntry[]
  /** The folder that is shown; the cursor begins anew in another one. */
  folder: string
  /** The entry to begin at: the folder one comes from. */
  from: string | null
  /** More entries than these are there; `loadMore` brings some. */
  hasMore: boolean
  loadMore: () => void
  open: (entry: BrowseEntry) => void
  goUp: () => void
}

/** The keys of the file browser: arrows, Home, End, pages, Enter, Backspace and type-ahead, also over what is not loaded yet. */
export function useBrowseCursor(options: CursorOptions) {
  const { entries, folder, from, hasMore, loadMore, open, goUp } = options
  const [place, setPlace] = useState({ folder, index: -1 })
  const typed = useRef({ text: '', at: 0, pending: false })
  const begun = entries.findIndex(({ path }) => path === from)
  const chosen = place.folder === folder && place.index >= 0 ? place.index : Math.max(0, begun)
  const index = Math.min(chosen, entries.length - 1)
  const point = (next: number) => setPlace({ folder, index: Math.max(0, Math.min(next, entries.length - 1)) })

  useEffect(() => {
    if (hasMore && index >= entries.length - PAGE_ROWS) loadMore()
  }, [index, entries.length, hasMore, loadMore])

  useEffect(() => {
    if (!typed.current.pending) return
    const found = findTyped(entries, typed.current.text, 0)
    if (found >= 0) setPlace({ folder, index: found })
    typed.current.pending = found < 0 && hasMore
    if (typed.current.pending) loadMore()
  }, [entries, folder, hasMore, loadMore])

  function type(character: string, at: number) {
    const goesOn = at - typed.current.at < TYPING_MS
    const text = (goesOn ? typed.current.text : '') + character
    const found = findTyped(entries, text, text.length === 1 ? index + 1 : index)
    typed.current = { text, at, pending: found < 0 && hasMore }
    if (found >= 0) point(found)
    else if (hasMore) loadMore()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const entry = entries[index]
    const moves: Record<string, () => void> = {
      ArrowDown: () => point(index + 1),
      ArrowUp: () => point(index - 1),
      PageDown: () => point(index + PAGE_ROWS),
      PageUp: () => point(index - PAGE_ROWS),
      Home: () => point(0),
      End: () => point(entries.length - 1),
      Enter: () => entry && open(entry),
      Backspace: goUp,
    }
    const move = moves[event.key]
    if (move) move()
    else if (event.key.length === 1) type(event.key, event.timeStamp)
    else return
    event.preventDefault()
  }
  return { index, point, onKeyDown }
}
