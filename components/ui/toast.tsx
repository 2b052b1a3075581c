'use client'

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import type { ToastOptions } from './toast-options'

const load = () => import('./toast-body')
const ToasterBody = lazy(load)

/** Says that something succeeded. What failed stays on the page: field, tab or banner. */
export function showSuccess(message: ReactNode, options: ToastOptions = {}): void {
  void load().then(({ addToast }) => addToast(message, options))
}

/** The place where toasts appear; once, in the root layout. It loads after the page. */
export function Toaster() {
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  return (
    ready && (
      <Suspense>
        <ToasterBody />
      </Suspense>
    )
  )
}
