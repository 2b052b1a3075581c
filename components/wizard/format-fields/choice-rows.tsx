'use client'

import { FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import type { FormatField } from '#lib/domain/formats/format-field'
import { type FormatFieldsProps, textOf } from './format-fields-props'

type Of<Widget extends FormatField['widget']> = Omit<FormatFieldsProps, 'source'> & {
  field: Extract<FormatField, { widget: Widget }>
}

/** One of several values, with what the chosen one means. */
export function ChoiceRow({ field, params, set, mistakeOf, readOnly }: Of<'choice'>) {
  const { name, label, choices } = field
  const chosen = choices.find(({ value }) => value === params[name]) ?? choices[0]
  return (
    <FormRow label={label} error={mistakeOf(label)} hint={chosen?.hint}>
      <Select
        value={chosen?.value ?? ''}
        choices={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        disabled={readOnly}
        onValueChange={(value) => set({ [name]: value })}
      />
    </FormRow>
  )
}

const OWN = 'own'

/** Known values of a text that has a field of its own. */
export function PresetRow({ field, params, set, readOnly }: Of<'preset'>) {
  const { name, label, choices, own } = field
  const place = choices.findIndex(({ value }) => value === textOf(params[name]))
  return (
    <FormRow label={label}>
      <Select
        value={place < 0 ? OWN : String(place)}
        choices={[
          { value: OWN, label: own },
          ...choices.map((choice, index) => ({ value: String(index), label: choice.label })),
        ]}
        disabled={readOnly}
        onValueChange={(chosen) => set({ [name]: choices[Number(chosen)]?.value ?? '' })}
      />
    </FormRow>
  )
}
