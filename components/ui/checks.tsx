import type { ReactNode } from 'react'
import { Icon } from './icon'

export interface Check {
  id: string
  label: string
  state: 'ok' | 'bad' | 'warn' | 'busy' | 'untested'
  /** `"403 AccessDenied"`, `"not tested"`. */
  detail: ReactNode
  /** `"38 ms"`; a dash without. */
  took?: string | undefined
}

const ICON = { ok: 'check', bad: 'x', warn: 'alert', busy: 'loader', untested: 'minus' } as const
const WORD = {
  ok: 'passed',
  bad: 'failed',
  warn: 'warning',
  busy: 'running',
  untested: 'not tested',
} as const

/** A test in its single checks, each with its time. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="checks">
      {checks.map((check) => (
        <li key={check.id} className={check.state}>
          <Icon
            name={ICON[check.state]}
            tone={check.state === 'untested' ? undefined : check.state}
            label={WORD[check.state]}
          />
          <span className="what">{check.label}</span>
          <span className="detail">{check.detail}</span>
          <span className="when muted">{check.took ?? '–'}</span>
        </li>
      ))}
    </ul>
  )
}
