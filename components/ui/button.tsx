'use client'

import Link from 'next/link'
import type { ComponentProps, MouseEvent } from 'react'
import { useId } from 'react'
import { classes } from './classes'
import { Icon, type IconName } from './icon'
import { Tooltip } from './tooltip'

interface Look {
  variant?: 'plain' | 'primary' | 'ghost' | 'danger' | 'danger-solid'
  small?: boolean
  /** As wide as high, for an icon alone: give it an `aria-label`. */
  square?: boolean
  icon?: IconName
}

export interface ButtonProps extends Look, ComponentProps<'button'> {
  /** Why it cannot be pressed now. The button stays focusable and says the reason. */
  disabledReason?: string | null | undefined
  /** The id of a visible text that says the reason already. */
  reasonId?: string | undefined
  /** Work is under way: a spinner takes the icon's place and a press does nothing. */
  busy?: boolean | undefined
}

const VARIANT = {
  plain: '',
  primary: 'primary',
  ghost: 'ghost',
  danger: 'danger',
  'danger-solid': 'danger solid',
}

function look({ variant = 'plain', small, square }: Look, className?: string) {
  return classes('btn', VARIANT[variant], small && 's', square && 'square', className)
}

function ignore(event: MouseEvent) {
  event.preventDefault()
  event.stopPropagation()
}

/** A button of 32 px (24 px with `small`); one `primary` a page. */
export function Button(props: ButtonProps) {
  const { variant, small, square, icon, disabledReason, reasonId, busy, className, children, ...rest } = props
  const ownId = useId()
  const off = Boolean(disabledReason) || busy
  const describedBy = disabledReason ? (reasonId ?? ownId) : rest['aria-describedby']
  const button = (
    <button
      type="button"
      {...rest}
      className={look({ variant, small, square } as Look, className)}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={describedBy}
      onClick={off ? ignore : rest.onClick}
    >
      {busy ? <Icon name="loader" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
  if (!disabledReason || reasonId) return button
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      <span id={ownId} className="sr">
        {disabledReason}
      </span>
    </>
  )
}

export interface ButtonLinkProps extends Look, ComponentProps<typeof Link> {}

/** A link that looks like a button, for what has an address of its own. */
export function ButtonLink({ variant, small, square, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={look({ variant, small, square } as Look, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}
