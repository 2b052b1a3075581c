'use client'

import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from 'react'

interface TriggerProps {
  onClick?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
}

interface OnDemandProps {
  trigger: ReactElement
  popup: 'menu' | 'dialog'
  /** Fetches what it opens; called ahead, when someone comes near. */
  load: () => Promise<unknown>
  /** The real thing, open from the start; its trigger takes the place of the first. */
  children: ReactNode
}

/** A button whose popup is loaded when someone comes near it, so that pages begin without it. */
export function OnDemand({ trigger, popup, load, children }: OnDemandProps) {
  const [wanted, setWanted] = useState(false)
  const open = () => setWanted(true)
  const near = () => void load()
  const first = cloneElement(trigger as ReactElement<TriggerProps>, {
    'aria-haspopup': popup,
    'aria-expanded': false,
    onClick: open,
    onPointerEnter: near,
    onFocus: near,
    onKeyDown: (event) => {
      if (popup !== 'menu' || event.key !== 'ArrowDown') return
      event.preventDefault()
      open()
    },
  })
  return wanted ? <Suspense fallback={first}>{children}</Suspense> : first
}
