'use client'

import { type ReactNode, useId } from 'react'

interface SwitchProps {
  label: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
}

/** On or off, at once, without a Save. */
export function Switch({ label, checked, onCheckedChange, disabled = false }: SwitchProps) {
  const labelId = useId()
  return (
    <span className="switch">
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        aria-labelledby={labelId}
        aria-disabled={disabled || undefined}
        onClick={() => !disabled && onCheckedChange(!checked)}
      >
        <span />
      </button>
      <span id={labelId}>{label}</span>
    </span>
  )
}
