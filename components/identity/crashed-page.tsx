'use client'

import { Page } from '#components/layout/page'
import { ErrorState } from '#components/ui/error-state'

interface CrashedPageProps {
  /** Next's mark of the error, the same in the server's log. */
  digest: string | undefined
  onRetry: () => void
}

/** A page that failed by a fault of our own. */
export function CrashedPage({ digest, onRetry }: CrashedPageProps) {
  return (
    <Page narrow>
      <ErrorState
        title="This page failed because of a fault of Launchpad's own"
        remedy="Try again. If it happens again, tell your administrator the reference."
        reason={digest}
        onRetry={onRetry}
      />
    </Page>
  )
}
