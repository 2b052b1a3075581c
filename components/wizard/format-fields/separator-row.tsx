'use client'

import { useState } from 'react'
import { FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import type { FormatField } from '#lib/domain/formats/format-field'
import { CharacterRow } from './character-row'
import { type FormatFieldsProps, textOf } from './format-fields-props'
import { Hint } from './hint'

const OTHER = { value: 'other', label: 'Other' }

interface SeparatorRowProps extends Omit<FormatFieldsProps, 'source'> {
  field: Extract<FormatField, { widget: 'separator' }>
}

/** One of the usual characters, or any other. */
export function SeparatorRow({ field, ...props }: SeparatorRowProps) {
  const { params, set, mistakeOf, readOnly } = props
  const { name, label, choices, other } = field
  const chosen = textOf(params[name])
  const [choosesOther, setChoosesOther] = useState(false)
  const isOther = choosesOther || !choices.some(({ value }) => value === chosen)
  return (
    <>
      <FormRow label={label} error={isOther ? undefined : mistakeOf(label)}>
        <Select
          value={isOther ? OTHER.value : chosen}
          choices={[...choices.map((choice) => ({ value: choice.value, label: choice.label })), OTHER]}
          disabled={readOnly}
          onValueChange={(next) => {
            setChoosesOther(next === OTHER.value)
            if (next !== OTHER.value) set({ [name]: next })
          }}
        />
      </FormRow>
      {isOther && (
        <CharacterRow
          {...props}
          label={other.label}
          name={name}
          mistakesAt={label}
          hint={<Hint text={other.hint} />}
        />
      )}
    </>
  )
}
