import type { ReactNode } from 'react'
import { BrandMark } from './brand-mark'

interface GateProps {
  /** 440 instead of 360 px wide. */
  wide?: boolean
  children: ReactNode
}

/** The frame of a page before one is in: sign-in, first run, a new password. */
export function Gate({ wide, children }: GateProps) {
  return (
    <div className={wide ? 'gate wide' : 'gate'}>
      <main>
        <div className="brand">
          <BrandMark />
          Launchpad
        </div>
        {children}
      </main>
      <footer>Times in UTC</footer>
    </div>
  )
}
