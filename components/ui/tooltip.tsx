'use client'

import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useState,
} from 'react'

interface TooltipProps {
  content: ReactNode
  /** One focusable element; it keeps its own accessible name. */
  children: ReactNode
}

const DELAY_MS = 300
const GAP_PX = 6
const ROOM_ABOVE_PX = 40

/** A short text at the pointer or the focus. It repeats or extends what has a name already, never replaces it. */
export function Tooltip({ content, children }: TooltipProps) {
  const [target, setTarget] = useState<Element | null>(null)
  const [place, setPlace] = useState<CSSProperties | null>(null)
  useEffect(() => {
    if (!target) return
    const timer = setTimeout(() => setPlace(placeNear(target)), DELAY_MS)
    const hide = () => setTarget(null)
    addEventListener('scroll', hide, { capture: true })
    return () => {
      clearTimeout(timer)
      removeEventListener('scroll', hide, { capture: true })
      setPlace(null)
    }
  }, [target])
  const show = (event: SyntheticEvent) => setTarget(event.currentTarget.firstElementChild)
  const hide = () => setTarget(null)
  const hideOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') hide()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it watches the element inside, which is the one to operate
    <span
      className="nearby"
      onMouseOver={show}
      onMouseOut={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={hideOnEscape}
    >
      {children}
      {place && (
        <span className="tip at" aria-hidden="true" style={place}>
          {content}
        </span>
      )}
    </span>
  )
}

/** Above the element, below it where there is no room; it leans to the side that has room. */
function placeNear(element: Element): CSSProperties {
  const box = element.getBoundingClientRect()
  const left = box.left + box.width / 2
  const lean = `${(-100 * left) / innerWidth}%`
  if (box.top < ROOM_ABOVE_PX) return { left, top: box.bottom + GAP_PX, translate: lean }
  return { left, top: box.top - GAP_PX, translate: `${lean} -100%` }
}
