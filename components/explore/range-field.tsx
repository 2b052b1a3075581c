'use client'

import type { ReactNode } from 'react'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Joined } from '#components/ui/joined'
import type { RangeCheck } from '#lib/domain/datasets/check-range'

interface RangeFieldProps {
  label: string
  value: string
  onValueChange: (value: string) => void
  /** Null when nothing is asked for. */
  check: RangeCheck | null
  /** Shown while nothing is asked for. */
  hint: string
  /** A button joined to the field. */
  action?: ReactNode
}

/** A range specification, checked while one types. */
export function RangeField({ label, value, onValueChange, check, hint, action }: RangeFieldProps) {
  const input = (
    <Input mono spellCheck={false} value={value} onChange={(event) => onValueChange(event.target.value)} />
  )
  return (
    <Field label={label} error={check?.mistake} hint={check?.mistake ? undefined : (check?.said ?? hint)}>
      {action ? (
        <Joined>
          {input}
          {action}
        </Joined>
      ) : (
        input
      )}
    </Field>
  )
}
