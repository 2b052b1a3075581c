'use client'

import { Code } from '#components/ui/code'

interface CurlExampleProps {
  /** The key itself while it is shown; afterwards a word in its place. */
  apiKey?: string
  /** What is asked for, below the public API: `"/projects/AUDIT/datasets/"`. */
  path?: string
}

/** A command that uses a key, to be pasted into a terminal. */
export function CurlExample({ apiKey = 'YOUR_KEY', path = '/auth/info' }: CurlExampleProps) {
  // Rendered after an answer of this origin, so in the browser alone.
  const value = `curl -u '${apiKey}:' ${window.location.origin}/public/api${path}`
  return (
    <Code label="Example with curl" value={value}>
      <span className="block break-all whitespace-pre-wrap pr-6">{value}</span>
    </Code>
  )
}
