import type { ReactNode } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'

export interface BannerProps {
  tone?: 'info' | 'ok' | 'warn' | 'bad'
  title: ReactNode
  /** One or more paragraphs. */
  children?: ReactNode
  /** A code and a request id, in mono. */
  reference?: string | undefined
  actions?: ReactNode
}

const ICON: Record<NonNullable<BannerProps['tone']>, IconName> = {
  info: 'info',
  ok: 'check',
  warn: 'alert',
  bad: 'alert',
}

/** A message about the whole page, above what it is about. `bad` interrupts a screen reader, the others wait. */
export function Banner({ tone = 'info', title, children, reference, actions }: BannerProps) {
  return (
    <div className={classes('banner', tone !== 'info' && tone)} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICON[tone]} />
      <strong>{title}</strong>
      {typeof children === 'string' ? <p>{children}</p> : children}
      {reference && <p className="mono reference">{reference}</p>}
      {actions && <div className="actions">{actions}</div>}
    </div>
  )
}
