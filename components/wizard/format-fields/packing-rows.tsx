'use client'

import { FormRow } from '#components/ui/field'
import { Select } from '#components/ui/select'
import { CHARSETS, findEncoding } from '#lib/domain/formats/charsets'
import { COMPRESSIONS } from '#lib/domain/formats/text-params'
import { sayCharset, sayCompression } from './evidence'
import { type FormatFieldsProps, textOf } from './format-fields-props'

interface PackingRowProps extends FormatFieldsProps {
  field: { name: string; label: string }
}

/** Keeps the line of a hint that is on its way, so that what stands below it stays where it is. */
const toCome = ({ isLooking }: FormatFieldsProps) => (isLooking ? '\u00a0' : undefined)

/** The charset, with what the files say of it. */
export function CharsetRow(props: PackingRowProps) {
  const { field, params, set, mistakeOf, readOnly, source, detection } = props
  const charset = textOf(params[field.name])
  const known = CHARSETS.find((name) => findEncoding(name) === findEncoding(charset)) ?? charset
  return (
    <FormRow
      label={field.label}
      error={mistakeOf(field.label)}
      hint={sayCharset(charset, source.preview.shown, detection) ?? toCome(props)}
    >
      <Select
        mono
        value={known}
        choices={[...new Set([...CHARSETS, known])].map((name) => ({ value: name, label: name }))}
        disabled={readOnly}
        onValueChange={(next) => set({ [field.name]: next })}
      />
    </FormRow>
  )
}

/** The compression, with what the files say of it. */
export function CompressionRow(props: PackingRowProps) {
  const { field, params, set, mistakeOf, readOnly, source, detection } = props
  const preview = source.preview.shown
  const compress = textOf(params[field.name])
  const found = detection?.compression.name ?? preview?.compression
  return (
    <FormRow
      label={field.label}
      error={mistakeOf(field.label)}
      hint={sayCompression(compress, preview, detection) ?? toCome(props)}
    >
      <Select
        value={compress}
        choices={[
          { value: '', label: found ? `Detected: ${found}` : 'Detected from the content' },
          ...COMPRESSIONS.map((name) => ({ value: name, label: name })),
        ]}
        disabled={readOnly}
        onValueChange={(next) => set({ [field.name]: next })}
      />
    </FormRow>
  )
}
