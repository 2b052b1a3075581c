'use client'

import type { ReactNode } from 'react'
import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { readCharacter, showCharacter } from './character'
import { type FormatFieldsProps, textOf } from './format-fields-props'

interface CharacterRowProps extends Pick<FormatFieldsProps, 'params' | 'set' | 'mistakeOf' | 'readOnly'> {
  label: string
  /** The setting's name: `"quoteChar"`. */
  name: string
  /** Where its mistakes are told, if not at its own label. */
  mistakesAt?: string
  hint?: ReactNode
}

/** A setting that is one character, those that cannot be seen as escapes. */
export function CharacterRow({
  label,
  name,
  mistakesAt,
  hint,
  params,
  set,
  mistakeOf,
  readOnly,
}: CharacterRowProps) {
  return (
    <FormRow label={label} error={mistakeOf(mistakesAt ?? label)} hint={hint}>
      <Input
        mono
        width="s"
        value={showCharacter(textOf(params[name]))}
        readOnly={readOnly}
        onChange={({ target }) => set({ [name]: readCharacter(target.value) })}
      />
    </FormRow>
  )
}
