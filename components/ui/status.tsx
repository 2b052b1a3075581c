import type { ReactNode } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'

export type StatusKind = 'ok' | 'warn' | 'bad' | 'busy' | 'off' | 'none' | 'lock'

export const STATUS_ICON: Record<StatusKind, IconName> = {
  ok: 'check',
  warn: 'alert',
  bad: 'x',
  busy: 'loader',
  off: 'circle',
  none: 'minus',
  lock: 'lock',
}

/** State in a table or a line: an icon and a word, no ground. */
export function Status({ kind, children }: { kind: StatusKind; children: ReactNode }) {
  return (
    <span className={classes('status', kind)}>
      <Icon name={STATUS_ICON[kind]} />
      <span>{children}</span>
    </span>
  )
}
