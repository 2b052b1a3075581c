'use client'

import type { ComponentProps } from 'react'
import { classes } from './classes'
import { useFieldControl } from './field-context'

export interface TextareaProps extends ComponentProps<'textarea'> {
  mono?: boolean
}

/** Several lines of text, wired to its `Field` like an input. */
export function Textarea({ mono, className, ...rest }: TextareaProps) {
  const wired = useFieldControl(rest)
  return <textarea {...rest} {...wired} className={classes('input textarea', mono && 'mono', className)} />
}
