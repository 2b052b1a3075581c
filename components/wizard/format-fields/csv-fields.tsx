'use client'

import { FormGroup, FormRow } from '#components/ui/field'
import { Checkbox } from '#components/ui/option'
import { Select } from '#components/ui/select'
import type { CsvStyle } from '#lib/domain/formats/csv'
import { CharacterRow } from './character-row'
import type { FormatFieldsProps } from './format-fields-props'
import { NumberRow } from './number-row'
import { SeparatorRow } from './separator-row'

interface Style {
  label: string
  hint: string
  quotes: boolean
  escapes: boolean
}

const STYLES: Record<CsvStyle, Style> = {
  excel: {
    label: 'Quoted, a quote inside is doubled',
    hint: 'As Excel writes: "a ""b"" c" is a "b" c. Separators and line breaks inside of quotes belong to the cell.',
    quotes: true,
    escapes: false,
  },
  unix: {
    label: 'Quoted, a quote inside is escaped',
    hint: 'As Unix tools write: "a \\"b\\" c" is a "b" c. The escape character takes the next one as it is.',
    quotes: true,
    escapes: true,
  },
  escape_only_no_quote: {
    label: 'Escaped, never quoted',
    hint: 'A separator inside of a cell stands behind the escape character; quotes are characters like others.',
    quotes: false,
    escapes: true,
  },
  no_escape_no_quote: {
    label: 'Neither quoted nor escaped',
    hint: 'Every separator begins a new cell, every line break a new row.',
    quotes: false,
    escapes: false,
  },
}

const isStyle = (value: unknown): value is CsvStyle =>
  typeof value === 'string' && Object.hasOwn(STYLES, value)

/** Separated values: how cells are told apart, and which rows are records. */
export function CsvFields(props: FormatFieldsProps) {
  const { params, set, mistakeOf, readOnly } = props
  const style = isStyle(params.style) ? params.style : 'excel'
  const hasHeader = params.parseHeaderRow === true
  return (
    <>
      <SeparatorRow {...props} />
      <FormRow label="Quoting style" error={mistakeOf('Quoting style')} hint={STYLES[style].hint}>
        <Select
          value={style}
          choices={Object.entries(STYLES).map(([value, { label }]) => ({ value: value as CsvStyle, label }))}
          disabled={readOnly}
          onValueChange={(next) => set({ style: next })}
        />
      </FormRow>
      {STYLES[style].quotes && <CharacterRow {...props} label="Quote character" name="quoteChar" />}
      {STYLES[style].escapes && <CharacterRow {...props} label="Escape character" name="escapeChar" />}
      <NumberRow {...props} narrow label="Skip rows before the header" name="skipRowsBeforeHeader" />
      <FormGroup label="Header">
        <Checkbox
          label="Parse the header row"
          hint={
            hasHeader
              ? 'The first row names the columns.'
              : 'The first row is a record; columns are named col_0, col_1 and so on.'
          }
          checked={hasHeader}
          disabled={readOnly}
          onCheckedChange={(parseHeaderRow) => set({ parseHeaderRow })}
        />
      </FormGroup>
      {hasHeader && Array.isArray(params.headerNames) && (
        <FormGroup label="Files without a header">
          <Checkbox
            label="Read by position"
            hint={`Where the first row holds none of these names it is a record: ${params.headerNames.join(', ')}`}
            checked
            disabled={readOnly}
            onCheckedChange={() => set({ headerNames: undefined })}
          />
        </FormGroup>
      )}
      <NumberRow {...props} narrow label="Skip rows after the header" name="skipRowsAfterHeader" />
      <NumberRow
        {...props}
        label="Maximum characters per row"
        name="maxRowChars"
        hint="Reading fails above it, as with a quote that is never closed; 0 means no limit."
      />
    </>
  )
}
