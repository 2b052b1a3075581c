'use client'

import type { ComponentProps } from 'react'
import { classes } from './classes'
import { useFieldControl } from './field-context'

export interface SelectChoice<T extends string = string> {
  value: T
  label: string
  disabled?: boolean
}

export interface SelectProps<T extends string = string>
  extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  value: T
  onValueChange: (value: T) => void
  choices: readonly SelectChoice<T>[]
  mono?: boolean
}

/** A native select, so type-ahead and touch work as everywhere. The choices are data. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { choices, onValueChange, mono, className, ...rest } = props
  const wired = useFieldControl(rest)
  return (
    <select
      {...rest}
      {...wired}
      className={classes('select', mono && 'mono', className)}
      onChange={(event) => {
        const chosen = choices.find((choice) => choice.value === event.target.value)
        if (chosen) onValueChange(chosen.value)
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}
