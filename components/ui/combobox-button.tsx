'use client'

import type { ComponentProps } from 'react'
import { Button } from './button'

/** The button that opens a combobox. */
export function ComboboxButton({ label, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <Button {...rest} variant="ghost" icon="plus" aria-label={label}>
      {label}
    </Button>
  )
}
