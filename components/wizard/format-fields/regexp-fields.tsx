'use client'

import { FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import type { UNMATCHED_LINES } from '#lib/domain/formats/regexp'
import { type FormatFieldsProps, textOf } from './format-fields-props'
import { MaxLineRow } from './line-fields'

type Unmatched = (typeof UNMATCHED_LINES)[number]

const UNMATCHED: { value: Unmatched; label: string; hint: string }[] = [
  { value: 'keep', label: 'Keep', hint: 'They are records without values, and are counted.' },
  { value: 'skip', label: 'Skip', hint: 'They are left out, and counted.' },
  { value: 'fail', label: 'Fail', hint: 'Reading stops at the first of them.' },
]

/** Regular expression: the expression whose named groups are the columns, and what becomes of other lines. */
export function RegexpFields(props: FormatFieldsProps) {
  const { params, set, mistakeOf, readOnly } = props
  const unmatched = UNMATCHED.find(({ value }) => value === params.unmatchedLines) ?? UNMATCHED[0]
  return (
    <>
      <FormRow
        label="Regular expression"
        error={mistakeOf('Regular expression')}
        hint={
          <>
            Matched against each whole line; every named group like <code>{'(?P<status>\\d+)'}</code> is a
            column.
          </>
        }
      >
        <Textarea
          mono
          rows={4}
          spellCheck={false}
          value={textOf(params.pattern)}
          readOnly={readOnly}
          onChange={({ target }) => set({ pattern: target.value })}
        />
      </FormRow>
      <FormRow
        label="Lines that do not match"
        error={mistakeOf('Lines that do not match')}
        hint={unmatched?.hint}
      >
        <Select
          value={unmatched?.value ?? 'keep'}
          choices={UNMATCHED}
          disabled={readOnly}
          onValueChange={(unmatchedLines) => set({ unmatchedLines })}
        />
      </FormRow>
      <MaxLineRow {...props} />
    </>
  )
}
