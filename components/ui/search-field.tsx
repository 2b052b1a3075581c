'use client'

import { type ComponentProps, useId, useRef } from 'react'
import { Button } from './button'
import { classes } from './classes'
import { Icon } from './icon'

export interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'ref'> {
  /** The accessible name: `"Search connections"`. */
  label: string
  value: string
  onValueChange: (value: string) => void
  /** The search of this page: `/` goes there. */
  page?: boolean
}

/** Filters a list while one types. Escape or ✕ clears it. */
export function SearchField({ label, value, onValueChange, page, className, ...rest }: SearchFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const clear = () => {
    onValueChange('')
    input.current?.focus()
  }
  return (
    <div className={classes('search', className)}>
      <label className="sr" htmlFor={id}>
        {label}
      </label>
      <Icon name="search" />
      <input
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        {...rest}
        ref={input}
        id={id}
        type="search"
        className="input"
        value={value}
        data-page-search={page ? '' : undefined}
        aria-keyshortcuts={page ? '/' : undefined}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.preventDefault()
            event.stopPropagation()
            clear()
          }
        }}
      />
      {value && (
        <Button variant="ghost" small square icon="x" aria-label="Clear the search" onClick={clear} />
      )}
    </div>
  )
}
