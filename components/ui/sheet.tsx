'use client'

import { lazy, Suspense } from 'react'
import type { SheetProps } from './sheet-body'
import { useOnce } from './use-once'

const SheetBody = lazy(() => import('./sheet-body'))

/** A panel over the page on a small screen: the menu, the preview of the wizard. */
export function Sheet(props: SheetProps) {
  const wanted = useOnce(props.open)
  return (
    wanted && (
      <Suspense>
        <SheetBody {...props} />
      </Suspense>
    )
  )
}
