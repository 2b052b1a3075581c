'use client'

import type { ReactNode } from 'react'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { formatCount } from '#lib/domain/format'
import type { FormatFieldsProps } from './format-fields-props'

interface NumberRowProps extends Pick<FormatFieldsProps, 'params' | 'set' | 'mistakeOf' | 'readOnly'> {
  label: string
  /** The setting's name: `"maxLineChars"`. */
  name: string
  hint?: ReactNode
  narrow?: boolean | undefined
  /** The most that was seen of it, where that is known. */
  longest?: number | null
}

/** A setting that is a whole number. */
export function NumberRow(props: NumberRowProps) {
  const { label, name, hint, narrow, longest, params, set, mistakeOf, readOnly } = props
  const seen = typeof longest === 'number' ? `Longest seen ${formatCount(longest)}. ` : ''
  return (
    <FormRow
      label={label}
      error={mistakeOf(label)}
      hint={
        seen === '' ? (
          hint
        ) : (
          <>
            {seen}
            {hint}
          </>
        )
      }
    >
      <Input
        mono
        width={narrow ? 's' : 'm'}
        inputMode="numeric"
        value={String(params[name] ?? '')}
        readOnly={readOnly}
        onChange={({ target }) => set({ [name]: readNumber(target.value) })}
      />
    </FormRow>
  )
}

/** A whole number as one, with or without commas; anything else stays as typed, and is told to be wrong. */
function readNumber(text: string): number | string {
  const digits = text.replace(/[\s,]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : text
}
