'use client'

import { Button } from '#components/ui/button'
import { Sheet } from '#components/ui/sheet'
import { GoToAnything, type GoToEntry } from './go-to-anything'
import { Nav, type NavEntry } from './nav'
import { ShortcutsSheet } from './shortcuts-sheet'

/** What lies over the page: the menu of a small screen, go to anything, the shortcuts. */
export type Opened = 'menu' | 'find' | 'help'

interface ShellOverlaysProps {
  space: string
  nav: readonly NavEntry[]
  current: string | null
  opened: Opened
  onOpen: (opened: Opened | null) => void
  entries: readonly GoToEntry[]
  search: ((query: string, signal: AbortSignal) => Promise<readonly GoToEntry[]>) | undefined
  onGo: (href: string) => void
}

/** The overlays of the shell, loaded when the first one opens. */
export default function ShellOverlays(props: ShellOverlaysProps) {
  const { space, nav, current, opened, onOpen } = props
  const toggle = (what: Opened) => (open: boolean) => onOpen(open ? what : null)
  return (
    <>
      <Sheet open={opened === 'menu'} onOpenChange={toggle('menu')} title={space}>
        <Nav entries={nav} current={current} onChoose={() => onOpen(null)} />
        <div className="sheet-foot">
          <Button variant="ghost" icon="help" onClick={() => onOpen('help')}>
            Help and shortcuts
          </Button>
        </div>
      </Sheet>
      <GoToAnything
        open={opened === 'find'}
        onOpenChange={toggle('find')}
        entries={props.entries}
        search={props.search}
        onGo={props.onGo}
      />
      <ShortcutsSheet open={opened === 'help'} onOpenChange={toggle('help')} />
    </>
  )
}
