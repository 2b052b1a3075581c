'use client'

import { lazy, Suspense } from 'react'

/** Descriptions of formats know how files are told apart: pages that only name one load them behind the rest. */
const FormatLabel = lazy(async () => ({ default: (await import('./format-label')).FormatLabel }))

/** How a format is called: `One record per line`; its type until that is known. */
export function FormatName({ type }: { type: string }) {
  return (
    <Suspense fallback={type}>
      <FormatLabel type={type} />
    </Suspense>
  )
}
