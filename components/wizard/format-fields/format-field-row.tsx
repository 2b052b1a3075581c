'use client'

import { FormGroup, FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Checkbox } from '#components/ui/option'
import { Textarea } from '#components/ui/textarea'
import type { FormatField } from '#lib/domain/formats/format-field'
import { CharacterRow } from './character-row'
import { ChoiceRow, PresetRow } from './choice-rows'
import { type FormatFieldsProps, textOf } from './format-fields-props'
import { Hint, hintOf } from './hint'
import { longestRecord } from './longest-record'
import { NumberRow } from './number-row'
import { CharsetRow, CompressionRow } from './packing-rows'
import { SeparatorRow } from './separator-row'

/** One field of a format, by the widget that its description asks for. */
export function FormatFieldRow({ field, ...props }: FormatFieldsProps & { field: FormatField }) {
  const hint = hintOf(field, props.params)
  switch (field.widget) {
    case 'charset':
      return <CharsetRow {...props} field={field} />
    case 'compression':
      return <CompressionRow {...props} field={field} />
    case 'separator':
      return <SeparatorRow {...props} field={field} />
    case 'choice':
      return <ChoiceRow {...props} field={field} />
    case 'preset':
      return <PresetRow {...props} field={field} />
    case 'character':
      return <CharacterRow {...props} name={field.name} label={field.label} hint={hint} />
    case 'number':
      return (
        <NumberRow
          {...props}
          name={field.name}
          label={field.label}
          narrow={field.isNarrow}
          longest={field.showsLongest ? longestRecord(props.source.preview.shown) : null}
          hint={hint}
        />
      )
    case 'text':
      return <TextRow {...props} field={field} />
    case 'check':
    case 'removable':
      return <CheckRow {...props} field={field} />
    case 'note':
      return (
        <FormGroup>
          <p className="muted small">
            <Hint text={field.text} />
          </p>
        </FormGroup>
      )
  }
}

type Of<Widget extends FormatField['widget']> = FormatFieldsProps & {
  field: Extract<FormatField, { widget: Widget }>
}

function TextRow({ field, params, set, mistakeOf, readOnly }: Of<'text'>) {
  const { name, label, rows } = field
  const common = { mono: true, value: textOf(params[name]), readOnly }
  return (
    <FormRow label={label} error={mistakeOf(label)} hint={hintOf(field, params)}>
      {rows === undefined ? (
        <Input {...common} width="m" onChange={({ target }) => set({ [name]: target.value })} />
      ) : (
        <Textarea
          {...common}
          rows={rows}
          spellCheck={false}
          onChange={({ target }) => set({ [name]: target.value })}
        />
      )}
    </FormRow>
  )
}

/** What is removable stands checked, and is no more once it is taken away. */
function CheckRow({ field, params, set, readOnly }: Of<'check' | 'removable'>) {
  const { name, label, group, widget } = field
  const isRemovable = widget === 'removable'
  return (
    <FormGroup label={group}>
      <Checkbox
        label={label}
        hint={hintOf(field, params)}
        checked={isRemovable || params[name] === true}
        disabled={readOnly}
        onCheckedChange={(checked) => set({ [name]: isRemovable ? undefined : checked })}
      />
    </FormGroup>
  )
}
