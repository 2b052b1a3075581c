'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { useNearby } from './nearby'

interface PopoverProps {
  trigger: ReactElement
  title: string
  align?: 'start' | 'end'
  /** As wide as its content, without padding: a list of checkboxes brings its own. */
  bare?: boolean
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

/** A small form beside its button: the choice of columns, a filter. */
export function Popover({
  trigger,
  title,
  align = 'start',
  bare,
  open,
  onOpenChange,
  children,
}: PopoverProps) {
  const { container, place } = useNearby()
  return (
    <Base.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      {place}
      <Base.Portal container={container}>
        <Base.Positioner className="float" positionMethod="fixed" align={align} sideOffset={6}>
          <Base.Popup className={bare ? 'menu' : 'popover'}>
            <Base.Title className="sr">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
