'use client'

import { CrashedPage } from '#components/identity/crashed-page'

interface Props {
  error: Error & { digest?: string }
  reset: () => void
}

export default function PageError({ error, reset }: Props) {
  return <CrashedPage digest={error.digest} onRetry={reset} />
}
