'use client'

import { FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { Textarea } from '#components/ui/textarea'
import type { UNMATCHED_LINES } from '#lib/domain/formats/regexp'
import { REGEXP_PRESETS } from '#lib/domain/formats/regexp-presets'
import { type FormatFieldsProps, textOf } from './format-fields-props'
import { MaxLineRow } from './line-fields'

type Unmatched = (typeof UNMATCHED_LINES)[number]

const UNMATCHED: { value: Unmatched; label: string; hint: string }[] = [
  { value: 'keep', label: 'Keep', hint: 'They are records without values, and are counted.' },
  { value: 'skip', label: 'Skip', hint: 'They are left out, and counted.' },
  { value: 'fail', label: 'Fail', hint: 'Reading stops at the first of them.' },
]

const OWN = { value: '', label: 'None: an expression of your own' }

/** Regular expression: the expression whose named groups are the columns, and what becomes of other lines. */
export function RegexpFields(props: FormatFieldsProps) {
  const { params, set, mistakeOf, readOnly } = props
  const pattern = textOf(params.pattern)
  const preset = REGEXP_PRESETS.find((one) => one.pattern === pattern)
  const unmatched = UNMATCHED.find(({ value }) => value === params.unmatchedLines) ?? UNMATCHED[0]
  return (
    <>
      <FormRow label="Preset">
        <Select
          value={preset?.id ?? OWN.value}
          choices={[OWN, ...REGEXP_PRESETS.map(({ id, label }) => ({ value: id, label }))]}
          disabled={readOnly}
          onValueChange={(chosen) => {
            const next = REGEXP_PRESETS.find(({ id }) => id === chosen)
            set({ pattern: next?.pattern ?? '' })
          }}
        />
      </FormRow>
      <FormRow
        label="Regular expression"
        error={mistakeOf('Regular expression')}
        hint={
          <>
            Matched against each whole line; every named group like <code>{'(?<status>\\d+)'}</code> is a
            column.
          </>
        }
      >
        <Textarea
          mono
          rows={4}
          spellCheck={false}
          value={pattern}
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
