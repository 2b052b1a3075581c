'use client'

import type { ReactNode } from 'react'

export interface SegmentedProps<T extends string> {
  /** The accessible name of the group: `"View"`. */
  label: string
  choices: readonly { value: T; label: ReactNode }[]
  value: T
  onValueChange: (value: T) => void
  className?: string
}

/** Two or three ways to see the same thing. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, choices, value, onValueChange, className } = props
  return (
    <fieldset className={`segmented ${className ?? ''}`} aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onValueChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  )
}
