'use client'

import { Fragment, type KeyboardEvent, useRef, useState } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'
import { Menu, type MenuEntry } from './menu'

export interface AnatomyPart {
  text: string
  /** What it can be made; without, it is text only. */
  entries?: readonly MenuEntry[]
}

export interface AnatomyGroup {
  id: string
  /** Names between slashes, and the parts of each. */
  segments: readonly (readonly AnatomyPart[])[]
  /** The dimension that takes these segments, as its underline says it: `"date, by day"`. */
  tag?: string
  icon?: IconName
  /** Segments no dimension takes: dotted. */
  rest?: boolean
  /** Whether a slash stands before it. */
  slash: boolean
}

interface AnatomyProps {
  label?: string
  groups: readonly AnatomyGroup[]
}

const MOVES: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }

/** An example path taken apart: arrows go from part to part, Enter opens what a part can be made. */
export function Anatomy({ label = 'Example path', groups }: AnatomyProps) {
  const area = useRef<HTMLElement>(null)
  const [current, setCurrent] = useState(0)
  const choosable = groups.flatMap(({ segments }) => segments.flat()).filter(({ entries }) => entries)
  const focusable = choosable[Math.min(current, choosable.length - 1)]
  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key]
    const target = event.target instanceof HTMLElement ? event.target : null
    // A menu's own keys come through here too.
    if (!by || !target?.matches('.anatomy .segs button')) return
    const buttons = [...(area.current?.querySelectorAll<HTMLElement>('.segs button') ?? [])]
    const next = buttons.indexOf(target) + by
    if (!buttons[next]) return
    event.preventDefault()
    setCurrent(next)
    buttons[next].focus()
  }
  return (
    <section
      className="anatomy"
      aria-label={label}
      ref={area}
      // What scrolls must be reachable by keyboard, by its parts or by itself.
      tabIndex={choosable.length > 0 ? undefined : 0}
      onKeyDown={onKeyDown}
    >
      {groups.map((group) => (
        <Fragment key={group.id}>
          {group.slash && <span className="sep">/</span>}
          <div className={classes('grp', group.rest && 'rest')} data-dim={group.rest ? undefined : group.tag}>
            <div className="segs">
              {group.segments.map((parts, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: segments are places in a path
                <Fragment key={at}>
                  {at > 0 && <span>/</span>}
                  {parts.map((part, index) => (
                    <Part
                      // biome-ignore lint/suspicious/noArrayIndexKey: parts are places in a name
                      key={index}
                      part={part}
                      tag={group.rest ? undefined : group.tag}
                      focusable={part === focusable}
                      onFocus={() => setCurrent(choosable.indexOf(part))}
                    />
                  ))}
                </Fragment>
              ))}
            </div>
            <div className="tag">
              {group.icon && <Icon name={group.icon} />}
              {group.tag}
            </div>
          </div>
        </Fragment>
      ))}
    </section>
  )
}

interface PartProps {
  part: AnatomyPart
  tag: string | undefined
  focusable: boolean
  onFocus: () => void
}

function Part({ part, tag, focusable, onFocus }: PartProps) {
  if (!part.entries) return <b className="seg">{part.text}</b>
  return (
    <Menu
      align="start"
      entries={part.entries}
      trigger={
        <button
          type="button"
          tabIndex={focusable ? 0 : -1}
          aria-label={`${part.text}, ${tag ? `${tag}, ` : ''}choose what it is`}
          onFocusCapture={onFocus}
        >
          {part.text}
        </button>
      }
    />
  )
}
