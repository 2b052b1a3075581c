'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { useNearby } from './nearby'

interface TooltipProps {
  content: ReactNode
  /** One focusable element; it keeps its own accessible name. */
  children: ReactElement
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** A short text at the pointer or the focus. It repeats or extends what has a name already, never replaces it. */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const { container, place } = useNearby()
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={300} />
      {place}
      <Base.Portal container={container}>
        <Base.Positioner className="float" positionMethod="fixed" side={side} sideOffset={6}>
          <Base.Popup className="tip">{content}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
