import type { ReactNode } from 'react'

/** The heading of a page before one is in, and what it is for. */
export function GateHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1>{title}</h1>
      <p className="muted mb-6">{children}</p>
    </>
  )
}
