'use client'

import { lazy, Suspense } from 'react'
import type { DialogProps } from './dialog-body'
import { useOnce } from './use-once'

const DialogBody = lazy(() => import('./dialog-body'))

export type { DialogProps } from './dialog-body'

/** Asks or shows something before the page goes on. Escape and ✕ close it; focus returns to where it was. */
export function Dialog(props: DialogProps) {
  const wanted = useOnce(props.open)
  return (
    wanted && (
      <Suspense>
        <DialogBody {...props} />
      </Suspense>
    )
  )
}
