'use client'

import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

interface ChipProps {
  icon?: IconName
  children: ReactNode
  /** What the chip is, for the remove button's name: `"Remove outcome: denied"`. */
  removeLabel?: string
  onRemove?: () => void
}

/** One filter or one chosen thing, with ✕ when it can go. */
export function Chip({ icon, children, removeLabel, onRemove }: ChipProps) {
  return (
    <span className={onRemove ? 'chip' : 'chip plain'}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {onRemove && (
        <button type="button" aria-label={removeLabel ?? 'Remove'} onClick={onRemove}>
          <Icon name="x" />
        </button>
      )}
    </span>
  )
}
