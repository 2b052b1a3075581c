import type { ComponentProps } from 'react'
import { classes } from './classes'

/** A button that reads like a link, inside a sentence. */
export function LinkButton({ className, ...rest }: ComponentProps<'button'>) {
  return <button type="button" {...rest} className={classes('link', className)} />
}
