import type { ReactNode } from 'react'

export interface KeyValueEntry {
  key: string
  value: ReactNode
  mono?: boolean
}

/** Facts of one thing, a line each. Entries without a value are left out. */
export function KeyValue({ entries }: { entries: readonly KeyValueEntry[] }) {
  const known = entries.filter((entry) => entry.value !== null && entry.value !== undefined)
  return (
    <dl className="kv">
      {known.map((entry) => (
        <div key={entry.key} style={{ display: 'contents' }}>
          <dt>{entry.key}</dt>
          <dd className={entry.mono ? 'mono' : undefined}>{entry.value}</dd>
        </div>
      ))}
    </dl>
  )
}
