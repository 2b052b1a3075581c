'use client'

import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { type FormatFieldsProps, textOf } from './format-fields-props'
import { NumberRow } from './number-row'

/** JSON: how deep objects become columns, and where the records stand. */
export function JsonFields(props: FormatFieldsProps) {
  const { params, set, mistakeOf, readOnly } = props
  return (
    <>
      <NumberRow
        {...props}
        narrow
        label="Depth"
        name="maxDepth"
        hint="Levels of objects that become columns, named a.b; 0 keeps every value as JSON. Arrays stay JSON."
      />
      <FormRow
        label="Root path"
        error={mistakeOf('Root path')}
        hint={
          <>
            Where the list of records stands, names joined by dots: <code>Records</code> in CloudTrail’s
            files. Empty where the records stand by themselves.
          </>
        }
      >
        <Input
          mono
          width="m"
          value={textOf(params.rootPath)}
          readOnly={readOnly}
          onChange={({ target }) => set({ rootPath: target.value })}
        />
      </FormRow>
    </>
  )
}
