'use client'

import { Dialog } from '#components/ui/dialog'

export interface Shortcut {
  keys: readonly string[]
  does: string
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Ctrl', 'K'], does: 'Go to anything' },
  { keys: ['/'], does: 'Search in this page' },
  { keys: ['?'], does: 'This list' },
  { keys: ['Esc'], does: 'Close what is open' },
  { keys: ['↑', '↓', '←', '→'], does: 'Move in trees, grids, calendars and menus' },
  { keys: ['Home', 'End'], does: 'Go to the first or the last' },
  { keys: ['PgUp', 'PgDn'], does: 'A screen up or down in a grid' },
  { keys: ['Enter'], does: 'Open the record, the folder, the partition' },
  { keys: ['Ctrl', 'C'], does: 'Copy the cell of a grid' },
  { keys: ['Shift', '←', '→'], does: 'Choose a range in a calendar' },
]

interface ShortcutsSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Of this page, above the general ones. */
  more?: readonly Shortcut[]
}

/** All keys one can press. */
export function ShortcutsSheet({ open, onOpenChange, more = [] }: ShortcutsSheetProps) {
  return (
    <Dialog narrow open={open} onOpenChange={onOpenChange} title="Shortcuts">
      <dl className="keys">
        {[...more, ...SHORTCUTS].map((shortcut) => (
          <div key={shortcut.does} style={{ display: 'contents' }}>
            <dt>{shortcut.does}</dt>
            <dd>
              {shortcut.keys.map((key) => (
                <kbd key={key} className="kbd">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
