'use client'

import { CrashedPage } from '#components/identity/crashed-page'
import './globals.css'

interface Props {
  error: Error & { digest?: string }
  reset: () => void
}

/** Stands in for the root layout when that itself fails. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body>
        <CrashedPage digest={error.digest} onRetry={reset} />
      </body>
    </html>
  )
}
