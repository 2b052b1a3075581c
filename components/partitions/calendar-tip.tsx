'use client'

import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react'

interface Tip {
  text: string
  leftPx: number
  topPx: number
  /** How far across the area it is, 0 to 1: the tip leans to the side that has room. */
  across: number
}

/** Shows what the cell under the pointer or the focus says (`data-say`), above it. Its cells say it to screen readers themselves. */
export function CalendarTip({ children }: { children: ReactNode }) {
  const area = useRef<HTMLDivElement>(null)
  const [tip, setTip] = useState<Tip | null>(null)
  const show = (event: SyntheticEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-say]') : null
    const text = cell?.dataset.say
    if (!cell || !text || !area.current) {
      setTip(null)
      return
    }
    const box = area.current.getBoundingClientRect()
    const at = cell.getBoundingClientRect()
    const leftPx = at.left + at.width / 2 - box.left
    setTip({ text, leftPx, topPx: at.top - box.top - 6, across: leftPx / box.width })
  }
  const hide = () => setTip(null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to its cells, which are buttons
    <div className="cal-area" ref={area} onMouseOver={show} onFocus={show} onMouseLeave={hide} onBlur={hide}>
      {children}
      {tip && (
        <span
          className="tip cal-tip"
          aria-hidden="true"
          style={{ left: tip.leftPx, top: tip.topPx, translate: `${-100 * tip.across}% -100%` }}
        >
          {tip.text}
        </span>
      )}
    </div>
  )
}
