'use client'

import './globals.css'

interface Props {
  error: Error & { digest?: string }
  reset: () => void
}

/** Stands in for the root layout when that itself fails; in plain elements, since every page is sent it first. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body>
        <main className="page">
          <div className="banner bad" role="alert">
            <span className="icon" aria-hidden="true">
              !
            </span>
            <strong>This page failed because of a fault of Launchpad's own</strong>
            <p>Try again. If it happens again, tell your administrator the reference.</p>
            {error.digest && <p className="mono reference">{error.digest}</p>}
            <div className="actions">
              <button type="button" className="btn s" onClick={reset}>
                Retry
              </button>
            </div>
          </div>
        </main>
      </body>
    </html>
  )
}
