'use client'

import { useState } from 'react'
import { FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { CharacterRow } from './character-row'
import { type FormatFieldsProps, textOf } from './format-fields-props'
import { SEPARATOR_CHOICES } from './separator-choices'

const OTHER = { value: 'other', label: 'Other' }

/** What stands between cells: one of the usual characters, or any other. */
export function SeparatorRow(props: FormatFieldsProps) {
  const { params, set, mistakeOf, readOnly } = props
  const separator = textOf(params.separator)
  const [choosesOther, setChoosesOther] = useState(false)
  const isOther = choosesOther || !SEPARATOR_CHOICES.some(({ value }) => value === separator)
  return (
    <>
      <FormRow label="Separator" error={isOther ? undefined : mistakeOf('Separator')}>
        <Select
          value={isOther ? OTHER.value : separator}
          choices={[...SEPARATOR_CHOICES, OTHER]}
          disabled={readOnly}
          onValueChange={(chosen) => {
            setChoosesOther(chosen === OTHER.value)
            if (chosen !== OTHER.value) set({ separator: chosen })
          }}
        />
      </FormRow>
      {isOther && (
        <CharacterRow
          {...props}
          label="Other separator"
          name="separator"
          mistakesAt="Separator"
          hint={
            <>
              One character; <code>\x01</code> is the one that Hive writes.
            </>
          }
        />
      )}
    </>
  )
}
