'use client'

import { Switch as Base } from '@base-ui/react/switch'
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
      <Base.Root
        nativeButton
        render={<button type="button" />}
        aria-labelledby={labelId}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onCheckedChange(next)}
      >
        <Base.Thumb />
      </Base.Root>
      <span id={labelId}>{label}</span>
    </span>
  )
}
