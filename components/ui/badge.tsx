import type { ComponentProps } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'

export interface BadgeProps extends ComponentProps<'span'> {
  tone?: 'ok' | 'warn' | 'bad' | 'info' | 'accent'
  icon?: IconName
  /** For a name that is quoted: a group, a key. */
  mono?: boolean
}

/** An object's own state, or a name it carries. */
export function Badge({ tone, icon, mono, className, children, ...rest }: BadgeProps) {
  return (
    <span {...rest} className={classes('badge', tone, mono && 'quoted', className)}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}
