'use client'

import './globals.css'

interface Props {
  error: Error & { digest?: string }
}

/** What the page that failed stood in: its fonts and the theme that was chosen. */
const standing = () => (typeof document === 'undefined' ? undefined : document.documentElement)

/** Stands in for the root layout when that itself fails; in plain elements, since every page is sent it first. */
export default function GlobalError({ error }: Props) {
  const ask = error.digest ? ' the reference below' : ' what you were doing'
  return (
    <html lang="en" className={standing()?.className} data-theme={standing()?.dataset.theme}>
      <body>
        <title>Launchpad failed</title>
        <div className="gate">
          <main>
            <p className="brand">Launchpad</p>
            <div role="alert">
              <h1>This page failed</h1>
              <p className="muted mb-6">
                It is a fault of Launchpad's own, and nothing of yours. Load the page again; what was saved is
                still there. If it happens again, tell your administrator{ask}.
              </p>
            </div>
            {error.digest && <p className="mono small mb-6">Reference {error.digest}</p>}
            <div className="row">
              <button type="button" className="btn primary" onClick={() => location.reload()}>
                Load again
              </button>
              <a className="btn" href="/">
                To the start
              </a>
            </div>
          </main>
        </div>
      </body>
    </html>
  )
}
