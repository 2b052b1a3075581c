'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { useEffect, useState } from 'react'
import { Icon, type IconName } from '#components/ui/icon'

export interface GoToEntry {
  id: string
  label: string
  /** `"Connections"`, `"Datasets of AUDIT"`: entries of one group stand together. */
  group: string
  href: string
  icon?: IconName
  /** Grey, after the label: `"Amazon S3"`. */
  second?: string
}

export interface GoToAnythingProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What is always there: sections and their pages. */
  entries: readonly GoToEntry[]
  /** Asks the server while one types; its entries come after the fixed ones, as it ordered them. */
  search?: ((query: string, signal: AbortSignal) => Promise<readonly GoToEntry[]>) | undefined
  onGo: (href: string) => void
}

const PAUSE_MS = 120

type Found = { query: string; entries: readonly GoToEntry[]; failed: boolean }
const NOTHING: Found = { query: '', entries: [], failed: false }

function useFound(query: string, search: GoToAnythingProps['search']) {
  const [found, setFound] = useState<Found>(NOTHING)
  useEffect(() => {
    if (!search || !query) return
    const stop = new AbortController()
    const ask = () =>
      search(query, stop.signal).then(
        (entries) => !stop.signal.aborted && setFound({ query, entries, failed: false }),
        () => !stop.signal.aborted && setFound({ query, entries: [], failed: true }),
      )
    const timer = setTimeout(ask, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [query, search])
  if (!query) return { entries: [], busy: false, failed: false }
  const busy = Boolean(search) && found.query !== query
  return { entries: found.entries, busy, failed: !busy && found.failed }
}

function includesQuery(entry: GoToEntry, query: string) {
  return `${entry.label} ${entry.second ?? ''} ${entry.group}`.toLowerCase().includes(query.toLowerCase())
}

function groupEntries(entries: readonly GoToEntry[]): [string, GoToEntry[]][] {
  const unique = new Map(entries.map((entry) => [entry.id, entry]))
  return [...Map.groupBy(unique.values(), (entry) => entry.group)]
}

/** Ctrl K: one line that finds pages and things, and goes there. */
export function GoToAnything({ open, onOpenChange, ...rest }: GoToAnythingProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Viewport className="scrim">
          <Base.Popup className="dialog palette" aria-label="Go to anything">
            <Palette {...rest} onDone={() => onOpenChange(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

type PaletteProps = Pick<GoToAnythingProps, 'entries' | 'search' | 'onGo'> & { onDone: () => void }

function Palette({ entries, search, onGo, onDone }: PaletteProps) {
  const [text, setText] = useState('')
  const query = text.trim()
  const found = useFound(query, search)
  const fixed = entries.filter((entry) => includesQuery(entry, query))
  const groups = groupEntries([...fixed, ...found.entries])
  return (
    <Command label="Go to anything" shouldFilter={false} loop>
      <div className="find-line">
        <Icon name={found.busy ? 'loader' : 'search'} />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Go to anything"
          aria-label="Go to anything"
        />
        <kbd className="kbd">Esc</kbd>
      </div>
      <Command.List className="menu" label="Places">
        <Command.Empty className="none">
          {found.busy ? 'Searching…' : 'Nothing is called that.'}
        </Command.Empty>
        {found.failed && <p className="none">The search did not answer. These are the pages.</p>}
        {groups.map(([group, members]) => (
          <Command.Group key={group} heading={group}>
            {members.map((entry) => (
              <Command.Item
                key={entry.id}
                value={entry.id}
                className="item"
                onSelect={() => {
                  onDone()
                  onGo(entry.href)
                }}
              >
                <Icon name={entry.icon ?? 'right'} />
                <span className="grow">
                  {entry.label}
                  {entry.second && <span className="second"> · {entry.second}</span>}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}
