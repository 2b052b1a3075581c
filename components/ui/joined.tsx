import type { ReactNode } from 'react'

/** An input and the button that belongs to it, as one. */
export function Joined({ children }: { children: ReactNode }) {
  return <div className="joined">{children}</div>
}
