'use client'

import type { ComponentProps } from 'react'
import { classes } from './classes'
import { useFieldControl } from './field-context'

export interface InputProps extends ComponentProps<'input'> {
  mono?: boolean
  /** Widest: 128, 240 or 400 px; full width without. */
  width?: 's' | 'm' | 'l'
}

/** A text field. Inside a `Field` or `FormRow` it takes its id, its hint and its error from there. */
export function Input({ mono, width, className, ...rest }: InputProps) {
  const wired = useFieldControl(rest)
  return (
    <input
      autoComplete="off"
      {...rest}
      {...wired}
      className={classes('input', mono && 'mono', width && `w-${width}`, className)}
    />
  )
}
