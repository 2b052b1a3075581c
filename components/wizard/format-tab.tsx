'use client'

import type { ReactNode } from 'react'
import { FormRow } from '#components/ui/field'
import { LinkButton } from '#components/ui/link-button'
import { Select } from '#components/ui/select'
import { firstParams, isReadAs, ownParams } from '#lib/domain/datasets/wizard-format'
import { FORMAT_KINDS, type FormatSettings, findFormatKind } from '#lib/domain/formats/catalogue'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import type { FormatField, ShownParams } from '#lib/domain/formats/format-field'
import type { Compression } from '#lib/domain/formats/text-params'
import { Candidates } from './candidates'
import { sayConfidence } from './detected'
import { FormatFieldRow } from './format-fields/format-field-row'
import type { FormatFieldsProps } from './format-fields/format-fields-props'
import { HeaderlessFiles } from './headerless-files'
import { mistakeAt, type WizardTabProps } from './tab-props'
import { useDetection } from './use-detection'

/** How the files are read, with what they look like; whatever is chosen here wins over that. */
export function FormatTab(props: WizardTabProps) {
  const { state, dispatch, source, readOnly } = props
  const { touched } = state
  const { formatType, formatParams } = state.definition
  const { data, error, isLoading, refetch } = useDetection(source)
  const detection = data ?? null
  const packing = detection?.compression.name ?? source.preview.shown?.compression
  const use = (format: FormatSettings) => dispatch({ step: 'set-format', format })
  const chooseType = (type: string) => {
    dispatch({ step: 'set-format-type', type })
    // A separator or an expression that was found is better than the first settings of the type.
    const found = detection?.candidates.find(({ format }) => format.type === type)?.format
    if (found && !isFallback(type)) fields.set(touched.includes('format') ? ownParams(found) : found.params)
  }
  const fields: FormatFieldsProps = {
    // What a definition leaves out is read by its default.
    params: { ...firstParams(formatType, {}), ...formatParams },
    set: (params) => dispatch({ step: 'set-format-params', params }),
    mistakeOf: (label) => mistakeAt(props, 'format', label),
    source,
    detection,
    isLooking: isLoading,
    readOnly: Boolean(readOnly),
  }
  return (
    <div className="stack">
      <HeaderlessFiles {...props} />
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
      <div className="form">
        <FormRow
          label="Type"
          error={mistakeAt(props, 'format', 'Type')}
          hint={
            isLoading ? 'Looking at the files…' : describeType(props, detection?.candidates[0] ?? null, use)
          }
        >
          <Select
            value={formatType}
            choices={typeChoices(formatType)}
            disabled={Boolean(readOnly)}
            onValueChange={chooseType}
          />
        </FormRow>
        {shownFields(formatType, fields.params, packing).map((field) => (
          <FormatFieldRow key={keyOf(field)} {...fields} field={field} />
        ))}
      </div>
    </div>
  )
}

/** The fields of a type that its settings give a meaning. */
const shownFields = (
  type: string,
  params: ShownParams,
  packing: Compression | undefined,
): readonly FormatField[] =>
  (findFormatKind(type)?.fields ?? []).filter(
    (field) => field.widget === 'note' || (field.isShown?.(params, packing) ?? true),
  )

const keyOf = (field: FormatField): string =>
  field.widget === 'note' ? field.text : `${field.widget} ${field.name}`

/** All formats, and one that is set and not known here. */
function typeChoices(formatType: string) {
  const known = FORMAT_KINDS.map(({ type, label }): { value: string; label: string } => ({
    value: type,
    label,
  }))
  if (findFormatKind(formatType)) return known
  return [{ value: formatType, label: formatType || 'Choose a type' }, ...known]
}

const isFallback = (type: string) => findFormatKind(type)?.detection === 'fallback'

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
  if (isFallback(best.format.type) && isFallback(definition.formatType)) return null
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
