'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { Toaster as Base, toast } from 'sonner'
import { Button } from './button'
import { Icon } from './icon'
import { type ToastOptions, UNDO_MS } from './toast-options'

const SHOWN_MS = 5000

/** Puts a toast up. */
export function addToast(message: ReactNode, { onUndo, until }: ToastOptions): void {
  if (until?.aborted) return
  const duration = onUndo ? UNDO_MS : SHOWN_MS
  const shown = toast.custom(
    (id) => <Toast message={message} onUndo={onUndo} onDismiss={() => toast.dismiss(id)} />,
    {
      duration,
    },
  )
  until?.addEventListener('abort', () => toast.dismiss(shown), { once: true })
}

interface ToastProps {
  message: ReactNode
  onUndo: (() => void) | undefined
  onDismiss: () => void
}

function Toast({ message, onUndo, onDismiss }: ToastProps) {
  return (
    <div className="toast">
      <Icon name="check" tone="ok" />
      <span className="grow">{message}</span>
      {onUndo && (
        <Button
          variant="ghost"
          small
          onClick={() => {
            onDismiss()
            onUndo()
          }}
        >
          Undo <Countdown fromMs={UNDO_MS} />
        </Button>
      )}
      <Button variant="ghost" small square icon="x" aria-label="Dismiss" onClick={onDismiss} />
    </div>
  )
}

function Countdown({ fromMs }: { fromMs: number }) {
  const [leftSeconds, setLeftSeconds] = useState(fromMs / 1000)
  useEffect(() => {
    const timer = setInterval(() => setLeftSeconds((left) => Math.max(0, left - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span className="faint when" aria-hidden="true">
      {leftSeconds} s
    </span>
  )
}

/** Where toasts appear. */
export default function ToasterBody() {
  return <Base position="bottom-right" gap={8} offset={20} mobileOffset={16} expand visibleToasts={3} />
}
