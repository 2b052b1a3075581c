'use client'

import { useEffect, useRef } from 'react'

/** What a key does, by name: `"?"`, `"/"`, `"mod+k"` (Ctrl, or ⌘ on a Mac). */
export type ShortcutMap = Record<string, (event: KeyboardEvent) => void>

/** Listens for keys on the whole page; plain keys rest while someone types or a dialog is open. */
export function useShortcuts(shortcuts: ShortcutMap): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const name = nameKey(event)
      const run = latest.current[name]
      if (!run || (!name.startsWith('mod+') && isBusy(event.target))) return
      event.preventDefault()
      run(event)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

function nameKey(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return true
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  )
}

/** Puts the cursor into the search of this page, if it has one. */
export function focusPageSearch(): void {
  const fields = document.querySelectorAll<HTMLInputElement>('[data-page-search]')
  const shown = [...fields].find((field) => field.offsetParent !== null)
  shown?.focus()
  shown?.select()
}
