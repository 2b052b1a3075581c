import type { ReactNode } from 'react'
import { Icon } from './icon'

interface ErrorLineProps {
  id?: string | undefined
  children: ReactNode
}

/** What is wrong with one field, under it, announced when it comes. */
export function ErrorLine({ id, children }: ErrorLineProps) {
  return (
    <span className="error-line" role="alert" id={id}>
      <Icon name="alert" />
      <span>{children}</span>
    </span>
  )
}
