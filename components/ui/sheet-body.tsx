'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { Button } from './button'

export interface SheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** `start` comes from the left, `bottom` from below. */
  side?: 'start' | 'bottom'
  title: string
  children: ReactNode
}

/** The sheet itself, loaded with the first one that opens. */
export default function SheetBody({ open, onOpenChange, side = 'start', title, children }: SheetProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Viewport className="scrim">
          <Base.Popup className={side === 'bottom' ? 'dialog' : 'sheet'}>
            <div className={side === 'bottom' ? 'dialog-head' : 'sheet-head'}>
              <Base.Title>{title}</Base.Title>
              <Base.Close
                render={<Button variant="ghost" square icon="x" aria-label="Close" className="end" />}
              />
            </div>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
