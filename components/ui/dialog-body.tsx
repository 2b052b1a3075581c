'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Button } from './button'
import { classes } from './classes'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Right of the title. */
  aside?: ReactNode
  /** What it is about, read with the title. */
  description?: ReactNode
  /** The buttons, the primary one last. */
  footer?: ReactNode
  /** 480 instead of 800 px wide. */
  narrow?: boolean
  /** The content fills the dialog without padding: trees, tables. */
  bare?: boolean
  initialFocus?: RefObject<HTMLElement | null>
  children?: ReactNode
}

const FIRST = ['input', 'textarea', 'select', 'button', '[tabindex]']
  .map((one) => `.dialog-head ~ :not(footer) ${one}`)
  .join()

/** The dialog itself, loaded with the first one that opens. */
export default function DialogBody(props: DialogProps) {
  const { open, onOpenChange, title, aside, description, footer, narrow, bare, initialFocus, children } =
    props
  const popup = useRef<HTMLDivElement>(null)
  // Not ✕, which stands first: what one came to do.
  const findFirst = () => popup.current?.querySelector<HTMLElement>(FIRST) ?? true
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Viewport className="scrim">
          <Base.Popup
            ref={popup}
            className={classes('dialog', narrow && 'narrow')}
            initialFocus={initialFocus ?? findFirst}
          >
            <div className="dialog-head">
              <Base.Title>{title}</Base.Title>
              {aside}
              <Base.Close
                render={<Button variant="ghost" square icon="x" aria-label="Close" className="end" />}
              />
            </div>
            {description && <Base.Description className="dialog-about">{description}</Base.Description>}
            {bare ? children : <div className="dialog-body">{children}</div>}
            {footer && <footer>{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
