'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { type ReactElement, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useNearby } from './nearby'

export interface PopoverProps {
  trigger: ReactElement
  title: string
  align?: 'start' | 'end'
  /** As wide as its content, without padding: a list of checkboxes brings its own. */
  bare?: boolean
  /** Tells when it opens and closes; with `open` the caller decides. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

/** The popover itself, open from the start: it is loaded when someone opens it. */
export default function PopoverBody(props: PopoverProps) {
  const { trigger, title, align = 'start', bare, onOpenChange, children } = props
  const [own, setOwn] = useState(true)
  const { container, place } = useNearby()
  // It is here because someone pressed the trigger: the caller hears of it once.
  const sayOpen = useEffectEvent(() => onOpenChange?.(true))
  useEffect(() => sayOpen(), [])
  const change = (next: boolean) => {
    setOwn(next)
    onOpenChange?.(next)
  }
  return (
    <Base.Root open={props.open ?? own} onOpenChange={(next) => change(next)}>
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
