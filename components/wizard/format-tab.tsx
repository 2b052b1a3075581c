'use client'

import type { ComponentType, ReactNode } from 'react'
import { LinkButton } from '#components/ui/button'
import { FormGroup, FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { firstParams, isReadAs } from '#lib/domain/datasets/wizard-format'
import { FORMAT_LABELS, FORMAT_TYPES, type FormatType } from '#lib/domain/formats/catalogue'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import type { FormatSettings } from '#lib/domain/formats/wire'
import { Candidates } from './candidates'
import { sayConfidence } from './detected'
import { CsvFields } from './format-fields/csv-fields'
import type { FormatFieldsProps } from './format-fields/format-fields-props'
import { JsonFields } from './format-fields/json-fields'
import { LineFields } from './format-fields/line-fields'
import { RegexpFields } from './format-fields/regexp-fields'
import { TextFields } from './format-fields/text-fields'
import { HeaderlessFiles } from './headerless-files'
import { mistakeAt, type WizardTabProps } from './tab-props'
import { useDetection } from './use-detection'

/** The settings of each format beside charset and compression; null for one that has none at all. */
const FIELDS: Record<FormatType, ComponentType<FormatFieldsProps> | null> = {
  line: LineFields,
  csv: CsvFields,
  json: JsonFields,
  regexp: RegexpFields,
  parquet: null,
}

const isFormatType = (type: string): type is FormatType => Object.hasOwn(FIELDS, type)

/** How the files are read, with what they look like; whatever is chosen here wins over that. */
export function FormatTab(props: WizardTabProps) {
  const { state, dispatch, source, readOnly } = props
  const { formatType, formatParams } = state.definition
  const { data, error, isLoading, refetch } = useDetection(source)
  const detection = data ?? null
  const use = (format: FormatSettings) => dispatch({ step: 'set-format', format })
  const chooseType = (type: string) => {
    dispatch({ step: 'set-format-type', type })
    // A separator or an expression that was found is better than the first settings of the type.
    const found = detection?.candidates.find(({ format }) => format.type === type)?.format
    if (found && type !== 'line') fields.set(withoutCarried(found.params, state))
  }
  const Fields = isFormatType(formatType) ? FIELDS[formatType] : null
  const fields: FormatFieldsProps = {
    // What a definition leaves out is read by its default.
    params: { ...firstParams(formatType, {}), ...formatParams },
    set: (params) => dispatch({ step: 'set-format-params', params }),
    mistakeOf: (label) => mistakeAt(props, 'format', label),
    source,
    readOnly: Boolean(readOnly),
  }
  return (
    <div className="stack">
      <HeaderlessFiles {...props} />
      <div className="form">
        <FormRow
          label="Type"
          error={mistakeAt(props, 'format', 'Type')}
          hint={describeType(props, detection?.candidates[0] ?? null, use)}
        >
          <Select
            value={formatType}
            choices={typeChoices(formatType)}
            disabled={Boolean(readOnly)}
            onValueChange={chooseType}
          />
        </FormRow>
        {Fields && (
          <>
            <TextFields {...fields} detection={detection} />
            <Fields {...fields} />
          </>
        )}
        {formatType === 'parquet' && (
          <FormGroup>
            <p className="muted small">Columns and their types come from the file itself.</p>
          </FormGroup>
        )}
      </div>
      {(detection || error || isLoading) && (
        <Candidates
          detection={detection}
          error={error}
          onRetry={() => void refetch()}
          definition={state.definition}
          readOnly={Boolean(readOnly)}
          onUse={use}
        />
      )}
    </div>
  )
}

/** Settings that were found, without those that stay as a person chose them. */
function withoutCarried(params: FormatSettings['params'], { touched }: WizardTabProps['state']) {
  if (!touched.includes('format')) return params
  return Object.fromEntries(
    Object.entries(params).filter(([name]) => name !== 'charset' && name !== 'compress'),
  )
}

/** All formats, and one that is set and not known here. */
function typeChoices(formatType: string) {
  const known = FORMAT_TYPES.map((value: string) => ({ value, label: FORMAT_LABELS[value as FormatType] }))
  if (isFormatType(formatType)) return known
  return [{ value: formatType, label: formatType || 'Choose a type' }, ...known]
}

/** Where the type comes from, or what the files look like instead. */
function describeType(
  { state: { definition, touched }, readOnly }: WizardTabProps,
  best: FormatCandidate | null,
  onUse: (format: FormatSettings) => void,
): ReactNode {
  if (!best) return null
  if (isReadAs(definition, best.format))
    return touched.includes('format') ? null : `Detected, ${sayConfidence(best.confidence)} sure.`
  // By line there is nothing else to tell than charset and compression, which stands beneath their fields.
  if (best.format.type === 'line' && definition.formatType === 'line') return null
  return (
    <>
      Detected: {best.label}
      {!readOnly && (
        <>
          {' · '}
          <LinkButton onClick={() => onUse(best.format)}>Use it</LinkButton>
        </>
      )}
    </>
  )
}
