'use client'

import { FormGroup } from '#components/ui/field'
import { Checkbox } from '#components/ui/option'
import { formatCount } from '#lib/domain/format'
import type { FormatFieldsProps } from './format-fields-props'
import { longestRecord } from './longest-record'
import { NumberRow } from './number-row'

/** One record per line: how long a line may be, and whether the JSON in it becomes columns. */
export function LineFields(props: FormatFieldsProps) {
  const expands = props.params.expandJson === true
  return (
    <>
      <MaxLineRow {...props} />
      <FormGroup label="Objects">
        <Checkbox
          label="Expand JSON"
          hint="The values of the object in each line become columns, beside the line itself."
          checked={expands}
          disabled={props.readOnly}
          onCheckedChange={(expandJson) => props.set({ expandJson })}
        />
      </FormGroup>
      {expands && (
        <NumberRow
          {...props}
          narrow
          label="Depth"
          name="expandDepth"
          hint="Levels of objects that become columns, named a.b; what is deeper stays JSON."
        />
      )}
    </>
  )
}

/** Maximum characters per line, with the longest one seen. */
export function MaxLineRow(props: FormatFieldsProps) {
  const longest = longestRecord(props.source.preview.shown)
  const seen = longest === null ? '' : `Longest seen ${formatCount(longest)}. `
  return (
    <NumberRow
      {...props}
      label="Maximum characters per line"
      name="maxLineChars"
      hint={`${seen}Reading fails above it; 0 means no limit.`}
    />
  )
}
